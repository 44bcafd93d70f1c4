// A run's output: only the rows in sight exist, the text stays on the server and comes by ranges.
import { get } from "./api.js";

const ROW = 19;
const PAGE = 200;
const AHEAD = 60;
const KEPT_PAGES = 12;

class LogView extends HTMLElement {
  connectedCallback() {
    this.run = Number(this.dataset.run);
    this.total = Number(this.dataset.total);
    this.active = Boolean(this.dataset.active);
    this.follow = this.active;
    this.pages = new Map();
    this.build();
    this.onLog = ({ detail }) => detail.run === this.run && this.grow(detail.lines);
    this.onRun = ({ detail }) => detail.id === this.run && this.update(detail);
    document.addEventListener("djdesk:log", this.onLog);
    document.addEventListener("djdesk:run", this.onRun);
    this.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this);
    this.load(0).then(() => this.settle());
  }

  disconnectedCallback() {
    document.removeEventListener("djdesk:log", this.onLog);
    document.removeEventListener("djdesk:run", this.onRun);
    this.sizes.disconnect();
  }

  build() {
    this.spacer = document.createElement("div");
    this.spacer.className = "spacer";
    this.rows = document.createElement("ol");
    this.rows.className = "log rows";
    this.spacer.append(this.rows);
    this.replaceChildren(this.spacer);
  }

  grow(lines) {
    if (lines <= this.total) return;
    const lastPage = Math.floor(Math.max(this.total - 1, 0) / PAGE);
    this.pages.delete(lastPage);
    this.total = lines;
    this.settle();
  }

  update(run) {
    const ended = this.active && !["queued", "running", "cancelling"].includes(run.status);
    this.active = !ended && this.active;
    this.pages.delete(Math.floor(Math.max(this.total - 1, 0) / PAGE));
    this.total = Math.max(this.total, run.lines);
    this.settle();
  }

  settle() {
    this.layout();
    if (this.follow) this.scrollTop = this.scrollHeight;
    this.draw();
    this.dispatchEvent(new CustomEvent("log-count", { bubbles: true, detail: this.total }));
  }

  layout() {
    // Wrapped rows have no fixed height, so that mode shows one window of rows in normal flow.
    this.spacer.style.height = this.classList.contains("wrap") ? "auto" : `${this.total * ROW}px`;
  }

  scrolled() {
    const atEnd = this.scrollTop + this.clientHeight >= this.scrollHeight - ROW;
    if (this.follow !== atEnd && this.active) {
      this.follow = atEnd;
      this.dispatchEvent(new CustomEvent("log-follow", { bubbles: true, detail: atEnd }));
    }
    this.draw();
  }

  async load(page) {
    if (this.pages.get(page)) return;
    this.pages.set(page, []);
    const url = `/api/task-runs/${this.run}/log/?from=${page * PAGE + 1}&count=${PAGE}`;
    try {
      const answer = await get(url);
      this.pages.set(page, answer.lines);
      this.total = Math.max(this.total, answer.total);
      this.forget(page);
      this.layout();
      this.draw();
    } catch {
      // The next event or scroll asks again.
      this.pages.delete(page);
    }
  }

  forget(current) {
    for (const page of this.pages.keys()) {
      if (this.pages.size <= KEPT_PAGES) return;
      if (Math.abs(page - current) > 2) this.pages.delete(page);
    }
  }

  draw() {
    if (!this.total) {
      this.rows.replaceChildren();
      this.empty();
      return;
    }
    this.querySelector(".nolog")?.remove();
    const first = Math.max(Math.floor(this.scrollTop / ROW) - AHEAD, 0);
    const last = Math.min(first + Math.ceil(this.clientHeight / ROW) + 2 * AHEAD, this.total);
    this.rows.style.top = this.classList.contains("wrap") ? "0" : `${first * ROW}px`;
    const made = [];
    for (let at = first; at < last; at += 1) {
      const page = Math.floor(at / PAGE);
      const lines = this.pages.get(page);
      if (!lines) this.load(page);
      made.push(this.row(lines?.[at - page * PAGE], at + 1));
    }
    this.rows.replaceChildren(...made);
  }

  row(line, number) {
    const row = document.createElement("li");
    row.dataset.n = number;
    if (!line) return row;
    if (line.stream === "stderr") row.className = "e";
    if (line.stream === "djdesk") row.className = "djdesk";
    const time = document.createElement("time");
    time.textContent = `+${line.t.toFixed(2)} s`;
    row.append(time, plain(line.text));
    return row;
  }

  empty() {
    if (this.querySelector(".nolog")) return;
    const note = document.createElement("p");
    note.className = "nolog";
    note.textContent = this.active ? "No output yet." : "No output.";
    this.append(note);
  }
}

// Carriage returns keep what a terminal would show last; colour codes are left out.
function plain(text) {
  const shown = text.slice(text.lastIndexOf("\r") + 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
  return shown.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").replaceAll("\0", "␀");
}

customElements.define("log-view", LogView);

document.addEventListener("log-count", (event) => {
  const count = document.querySelector("[data-log-count]");
  if (count && !event.target.closest("run-panel")) count.textContent = `${event.detail} lines`;
});

document.addEventListener("log-follow", (event) => {
  const button = document.querySelector('[data-log="follow"]');
  if (button && !event.target.closest("run-panel")) button.ariaPressed = String(event.detail);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-log]");
  if (!button) return;
  const view = document.querySelector(".logpane log-view");
  const on = button.ariaPressed !== "true";
  button.ariaPressed = String(on);
  if (button.dataset.log === "follow") view.follow = on;
  if (button.dataset.log === "wrap") view.classList.toggle("wrap", on);
  if (button.dataset.log === "times") view.classList.toggle("notimes", !on);
  view.settle();
});
