// The window's one stream of events. A page that is left closes it, because every open stream holds
// one of the few connections a webview makes to one server.
import { clearAlerts, showProblem } from "./alerts.js";
import { refresh } from "./refresh.js";

const LOST_AFTER_MS = 20_000;
// A command that starts has the processor to itself for a moment; its output does not wait for this.
const COUNTS_MS = 400;

const stopped = {
  message: "The engine stopped.",
  hint:
    "What is shown was read before. The window starts a new engine; " +
    "in a browser, run “djdesk serve” and open what it prints.",
};

class LiveStream extends HTMLElement {
  connectedCallback() {
    this.seen = this.dataset.after;
    this.state = "ready";
    this.open();
    addEventListener("pagehide", () => this.source.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
  }

  open() {
    const id = crypto.randomUUID();
    const replaces = sessionStorage.getItem("stream") ?? "";
    sessionStorage.setItem("stream", id);
    const query = new URLSearchParams({ after: this.seen, id, replaces });
    this.source = new EventSource(`/events/?${query}`);
    this.source.addEventListener("open", () => this.ready());
    this.source.addEventListener("error", () => this.lost());
    for (const kind of ["workspace", "resync"]) this.on(kind, () => refresh());
    this.on("activity", () => refresh(COUNTS_MS));
    this.on("run", (run) => this.pass("run", run));
    this.on("scan", (scan) => this.pass("scan", scan));
    this.on("log", (log) => this.pass("log", log));
    this.on("open", ({ url }) => location.assign(url));
    this.on("problem", showProblem);
  }

  on(kind, handle) {
    this.source.addEventListener(kind, (event) => {
      // The stream's own "open", which has no data, is called like that of a folder.
      if (event.data === undefined) return;
      this.seen = event.lastEventId;
      handle(JSON.parse(event.data));
    });
  }

  pass(kind, detail) {
    document.dispatchEvent(new CustomEvent(`djdesk:${kind}`, { detail }));
  }

  ready() {
    if (this.state === "stopped") clearAlerts();
    if (this.state !== "ready") {
      refresh();
      this.pass("resync", {});
    }
    this.since = undefined;
    this.show("ready", "Ready");
  }

  lost() {
    this.since ??= Date.now();
    // An answer that is no stream comes from another engine, which does not know this page.
    const gone = this.source.readyState === EventSource.CLOSED;
    if (!gone && Date.now() - this.since < LOST_AFTER_MS) {
      this.show("lost", "Reconnecting");
    } else if (this.state !== "stopped") {
      this.show("stopped", "Stopped");
      showProblem(stopped);
    }
  }

  show(state, word) {
    this.state = state;
    const shown = document.getElementById("engine");
    shown.dataset.state = state;
    shown.querySelector(".word").textContent = word;
  }
}

customElements.define("live-stream", LiveStream);
