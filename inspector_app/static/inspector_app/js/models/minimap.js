// The whole drawing in small, with what is in sight of it; shown while that is not all of it.
import { svg } from "./svg.js";

const WIDTH = 150;
const HEIGHT = 100;

export class Minimap {
  constructor(element, scene, camera) {
    Object.assign(this, { element, scene, camera });
    this.svg = element.querySelector("svg");
    this.window = svg("rect", { class: "sight" });
    element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      this.go(event);
      element.onpointermove = (moved) => this.go(moved);
      element.onlostpointercapture = () => {
        element.onpointermove = null;
      };
    });
  }

  // The boxes changed their places.
  draw() {
    const { x, y, w, h } = this.scene.bounds;
    this.bounds = { x, y, w, h };
    this.scale = Math.min(WIDTH / w, HEIGHT / h);
    this.svg.setAttribute("width", Math.round(w * this.scale));
    this.svg.setAttribute("height", Math.round(h * this.scale));
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    const d = this.scene.ordered.map((box) => `M${box.x} ${box.y}h${box.w}v${box.h}h-${box.w}z`);
    this.svg.replaceChildren(svg("path", { class: "all", d: d.join("") }), this.window);
    this.follow();
  }

  follow() {
    if (!this.bounds) return;
    const { x, y, w, h } = this.camera.sight;
    const all = this.bounds;
    const inside = x <= all.x && y <= all.y && x + w >= all.x + all.w && y + h >= all.y + all.h;
    this.element.hidden = inside;
    if (inside) return;
    for (const [name, value] of Object.entries({ x, y, width: w, height: h })) {
      this.window.setAttribute(name, value);
    }
    this.window.setAttribute("stroke-width", 1.5 / this.scale);
  }

  go({ clientX, clientY }) {
    const at = this.svg.getBoundingClientRect();
    const x = this.bounds.x + (clientX - at.left) / this.scale;
    const y = this.bounds.y + (clientY - at.top) / this.scale;
    this.camera.set(this.camera.around({ x, y, w: 0, h: 0 }, this.camera.k));
  }
}
