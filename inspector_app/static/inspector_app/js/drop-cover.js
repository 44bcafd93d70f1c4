// What a drop would do, shown while a folder is held over the window. The window itself takes the
// drop; the page only hears about it.
import { showNote } from "./alerts.js";

class DropCover extends HTMLElement {
  connectedCallback() {
    addEventListener("djdesk:drag", ({ detail }) => this.follow(detail));
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.hidden = true;
    });
  }

  follow({ state, names }) {
    this.hidden = state !== "enter";
    const name = names[0] ?? "this folder";
    if (state === "drop") showNote(`Reading ${name}…`);
    if (state !== "enter") return;
    const others = names.length > 1 ? `, the first of ${names.length}` : "";
    this.querySelector("[data-title]").textContent = `Inspect ${name}${others}`;
  }
}

customElements.define("drop-cover", DropCover);
