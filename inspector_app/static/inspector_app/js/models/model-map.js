// The diagram of the Models page. What it shows was decided by the engine (its JSON in the page).
import { showProblem } from "../alerts.js";
import { post } from "../api.js";
import { arranged } from "./arranged.js";
import { Camera } from "./camera.js";
import { listenToKeys } from "./keys.js";
import { Minimap } from "./minimap.js";
import { Painter } from "./painter.js";
import { listenToPointer } from "./pointer.js";
import { savePng, saveSvg } from "./save.js";
import { Scene } from "./scene.js";
import { keepSelected } from "./selection.js";

const BUSY_MS = 300;
const SETTLE_MS = 120;
const STEP = 1.25;
const READABLE = 0.8;

class ModelMap extends HTMLElement {
  connectedCallback() {
    this.drawing = JSON.parse(document.getElementById("drawing").textContent);
    this.surface = this.querySelector("svg.dg");
    this.scene = new Scene(this.drawing);
    this.camera = new Camera(this.surface, () => this.moved());
    this.painter = new Painter(this.surface, this.scene);
    this.minimap = new Minimap(this.querySelector(".minimap"), this.scene, this.camera);
    listenToPointer(this.surface, this.camera, this);
    listenToKeys(this.surface, this);
    this.surface.addEventListener("focusin", ({ target }) => this.focused(target));
    this.arrange(this.drawing.moved);
  }

  disconnectedCallback() {
    this.sizes?.disconnect();
  }

  async arrange(moved) {
    const busy = this.querySelector(".busy");
    const late = setTimeout(() => {
      busy.hidden = false;
    }, BUSY_MS);
    try {
      const { w, h } = this.camera.size;
      // Rounded, so that a window of nearly the same size remembers the layout.
      const aspect = Math.round((w / Math.max(h, 1)) * 4) / 4;
      this.scene.place(await arranged(this.scene.layoutInput(aspect)), moved);
    } catch {
      showProblem({
        message: "The diagram could not be laid out.",
        hint: "The table shows the same facts.",
      });
      return;
    } finally {
      clearTimeout(late);
      busy.hidden = true;
    }
    this.begin();
  }

  begin() {
    const start = this.boxFor(this.drawing.selected);
    this.painter.current = (start ?? this.scene.ordered[0])?.id ?? "";
    this.painter.selected = start?.id ?? "";
    this.minimap.draw();
    this.fit();
    if (start && this.camera.k < 0.6) this.look(start, READABLE);
    this.strip(start);
    this.watchSize();
    requestAnimationFrame(() => {
      this.dataset.drawn = performance.now();
    });
  }

  look(box, scale, fly = false) {
    this.camera.fitted = false;
    const target = this.camera.around(box, scale);
    if (fly) this.camera.fly(target);
    else this.camera.set(target);
  }

  // A model stands for itself, or where it is not shown its app does.
  boxFor(label) {
    const { boxes } = this.scene;
    return boxes.get(label) ?? boxes.get(`app ${label}`);
  }

  watchSize() {
    this.sizes?.disconnect();
    let known = null;
    this.sizes = new ResizeObserver(() => {
      const { w, h } = this.camera.size;
      const changed = known && (known.w !== w || known.h !== h);
      if (changed && this.camera.fitted) this.fit();
      else if (changed) this.camera.pan((w - known.w) / 2, (h - known.h) / 2);
      known = { w, h };
    });
    this.sizes.observe(this.surface);
  }

  moved() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.painter.follow(this.camera);
      this.minimap.follow();
      this.querySelector("[data-zoom]").textContent = `${Math.round(this.camera.k * 100)}%`;
    });
  }

  // ---- what buttons and keys ask for
  fit(fly = false) {
    const target = this.camera.fitting(this.scene.bounds);
    if (fly) this.camera.fly(target);
    else this.camera.set(target);
    this.camera.fitted = true;
  }

  act(name) {
    const acts = {
      fit: () => this.fit(true),
      in: () => this.camera.zoom(STEP),
      out: () => this.camera.zoom(1 / STEP),
      whole: () => this.camera.zoom(1 / this.camera.k),
      arrange: () => this.arrangeAnew(),
      details: () => this.details(),
      svg: () => saveSvg(this.scene, this.drawing),
      png: () => savePng(this.scene, this.drawing),
    };
    return acts[name]?.();
  }

  async arrangeAnew() {
    await this.keep({});
    this.painter.forget();
    this.painter.area = null;
    await this.arrange({});
  }

  details() {
    const on = document.getElementById("models").classList.toggle("details");
    this.querySelector('[data-map="details"]').ariaExpanded = String(on);
  }

  // ---- selection
  select(id) {
    if (id) this.painter.current = id;
    if (id === this.painter.selected) return;
    this.painter.select(id);
    this.strip(this.scene.boxes.get(id));
    clearTimeout(this.settling);
    // While arrow keys run over boxes, only where they rest is asked for.
    this.settling = setTimeout(() => keepSelected(id.replace(/^app /, "")), SETTLE_MS);
  }

  strip(box) {
    this.querySelector("[data-strip]").textContent = box?.label ?? "Nothing is selected";
  }

  // Flies to what was found, if this drawing has it.
  show(label) {
    const box = this.scene.boxes.get(label);
    if (!box) return false;
    this.select(box.id);
    this.look(box, Math.max(this.camera.k, READABLE), true);
    this.painter.paintBoxes();
    this.painter.drawn.get(box.id).focus({ preventScroll: true });
    return true;
  }

  focused(target) {
    const id = target.dataset.id;
    if (!id) return;
    this.select(id);
    this.painter.mark();
    if (!this.pressing) this.camera.reveal(this.scene.boxes.get(id));
  }

  // The box that lies next in a direction takes the focus.
  step(direction) {
    const next = this.scene.towards(this.scene.boxes.get(this.painter.current), direction);
    if (!next) return;
    this.painter.current = next.id;
    this.painter.paintBoxes();
    this.painter.drawn.get(next.id).focus({ preventScroll: true });
  }

  leave() {
    if (this.painter.selected && this.painter.selected !== this.drawing.selected) this.select("");
    else if (this.dataset.up) location.assign(this.dataset.up);
    else this.select("");
  }

  // ---- pointer
  pressed(id) {
    this.pressing = true;
    if (id) this.painter.drawn.get(id)?.focus({ preventScroll: true });
    this.pressing = false;
    this.select(id);
  }

  opened(id) {
    const { href } = this.scene.boxes.get(id);
    if (href) location.assign(href);
  }

  dragged(id, dx, dy) {
    const { x, y } = this.scene.boxes.get(id);
    this.exact = this.exact?.id === id ? this.exact : { id, x, y };
    this.exact.x += dx / this.camera.k;
    this.exact.y += dy / this.camera.k;
    this.scene.move(id, this.exact.x, this.exact.y);
    this.painter.moved(id);
  }

  dropped() {
    this.exact = null;
    this.scene.order();
    this.minimap.draw();
    const places = [...this.scene.moved].map((id) => {
      const { x, y } = this.scene.boxes.get(id);
      return [id, [x, y]];
    });
    this.keep(Object.fromEntries(places));
  }

  async keep(moved) {
    const { workspace, key } = this.dataset;
    try {
      await post(`/api/workspaces/${workspace}/models/places/`, { key, moved });
    } catch (error) {
      showProblem(error);
    }
  }
}

customElements.define("model-map", ModelMap);
