// The window's one stream of events. A page that is left closes it, because every open stream holds
// one of the few connections a webview makes to one server.
import { showProblem } from "./alerts.js";

const LOST_AFTER_MS = 20_000;
const REFRESH_MS = 150;

class LiveStream extends HTMLElement {
  connectedCallback() {
    this.open();
    addEventListener("pagehide", () => this.source?.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
  }

  open() {
    this.source = new EventSource("/events/");
    this.source.addEventListener("open", () => {
      if (this.dataset.was === "lost") this.refresh();
      this.state("ready", "Ready");
    });
    this.source.addEventListener("error", () => this.lost());
    for (const kind of ["workspace", "activity", "resync"]) {
      this.source.addEventListener(kind, () => this.refresh());
    }
    this.source.addEventListener("run", (event) => this.pass("run", event));
    this.source.addEventListener("log", (event) => this.pass("log", event));
    this.source.addEventListener("open", (event) => {
      if (event.data) location.assign(JSON.parse(event.data).url);
    });
    this.source.addEventListener("problem", (event) => showProblem(JSON.parse(event.data)));
  }

  pass(kind, event) {
    document.dispatchEvent(new CustomEvent(`djdesk:${kind}`, { detail: JSON.parse(event.data) }));
  }

  refresh() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => {
      document.body.dispatchEvent(new CustomEvent("djdesk:refresh"));
    }, REFRESH_MS);
  }

  lost() {
    this.state("lost", "Reconnecting");
    this.since ??= Date.now();
    if (this.source.readyState === EventSource.CLOSED || Date.now() - this.since > LOST_AFTER_MS) {
      this.state("stopped", "Stopped");
    }
  }

  state(name, word) {
    if (name === "ready") this.since = undefined;
    this.dataset.was = name;
    const shown = document.getElementById("engine");
    if (!shown) return;
    shown.dataset.state = name;
    shown.querySelector(".word").textContent = word;
  }
}

customElements.define("live-stream", LiveStream);
