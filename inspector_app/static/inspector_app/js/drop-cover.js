// What a drop would do, shown while a folder is held over the window. The window itself takes the
// drop; the page only hears about it.

class DropCover extends HTMLElement {
  connectedCallback() {
    addEventListener("djdesk:drag", ({ detail }) => this.follow(detail));
  }

  follow({ state, names }) {
    this.hidden = state !== "enter";
    if (state === "enter") this.querySelector("[data-name]").textContent = names[0] ?? "";
  }
}

customElements.define("drop-cover", DropCover);
