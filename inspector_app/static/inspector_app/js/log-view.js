// A run's output. Only the rows in sight exist: 100,000 lines cost as much as a hundred.
import { element } from "./element.js";
import { LogLines } from "./log-lines.js";
import { logRow } from "./log-row.js";
import { ended, isActive } from "./runs.js";

const ROW = 19;
const AHEAD = 40;
// No engine lays out much more than this; a longer log is scrolled faster than by the line.
const TALLEST = 30_000_000;
const MANY = 100_000;

class LogView extends HTMLElement {
  connectedCallback() {
    const { run, total, active } = this.dataset;
    this.run = Number(run);
    this.total = Number(total);
    this.active = active !== undefined;
    this.follow = this.active;
    this.rows = new Map();
    this.lines = new LogLines(this.run, (now) => this.grow(now));
    this.list = element("ol", "log");
    this.space = element("div", "log-space", this.list);
    this.replaceChildren(this.space);
    this.listen();
    this.grow(this.total);
  }

  listen() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const hear = (kind, handle) => document.addEventListener(`djdesk:${kind}`, handle, { signal });
    hear("log", ({ detail }) => detail.run === this.run && this.wrote(detail.lines));
    hear("run", ({ detail }) => detail.id === this.run && this.update(detail));
    hear("resync", () => this.wrote(this.total));
    this.addEventListener("scroll", () => this.scrolled(), { passive: true, signal });
    this.sizes = new ResizeObserver(() => this.settle());
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    this.leaving.abort();
    this.sizes.disconnect();
    cancelAnimationFrame(this.frame);
  }

  set wraps(on) {
    this.classList.toggle("wraps", on);
    this.settle();
  }

  set times(on) {
    this.classList.toggle("notimes", !on);
    this.settle();
  }

  setFollow(on) {
    this.follow = on;
    if (on) this.scrollTop = this.scrollHeight;
    this.dispatchEvent(new CustomEvent("log-follow", { bubbles: true, detail: on }));
  }

  wrote(total) {
    this.lines.lastMayHaveGrown(this.total);
    this.grow(total);
  }

  update(run) {
    this.active = isActive(run);
    this.dataset.ended = ended(run);
    this.wrote(run.lines);
  }

  grow(total) {
    this.total = Math.max(this.total, total);
    this.classList.toggle("log-wide", this.total >= MANY);
    this.dispatchEvent(new CustomEvent("log-count", { bubbles: true, detail: this.total }));
    this.settle();
  }

  settle() {
    this.space.style.height = `${Math.min(this.total * this.rowHeight(), TALLEST)}px`;
    if (this.follow) this.scrollTop = this.scrollHeight;
    this.later();
  }

  // Wrapped rows have heights of their own; those in sight stand for all of them.
  rowHeight() {
    if (!this.classList.contains("wraps") || !this.rows.size) return ROW;
    return Math.max(this.list.offsetHeight / this.rows.size, ROW);
  }

  scrolled() {
    const atEnd = this.scrollTop + this.clientHeight >= this.scrollHeight - ROW;
    if (this.active && this.follow !== atEnd) this.setFollow(atEnd);
    this.later();
  }

  later() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  // A place in the scroll bar is the same place in the log: what lies there in the log is put
  // where it lies in the view. That holds for any height of rows, and at both ends.
  draw() {
    this.showEmpty();
    const most = this.scrollHeight - this.clientHeight;
    const part = most > 0 ? Math.min(this.scrollTop / most, 1) : 0;
    const place = part * this.total;
    const anchor = Math.min(Math.floor(place), Math.max(this.total - 1, 0));
    const around = AHEAD + Math.ceil(this.clientHeight / ROW);
    const first = Math.max(anchor - around, 0);
    this.fill(first, Math.min(anchor + around, this.total));
    const row = this.rows.get(anchor)?.row;
    const above = row ? row.offsetTop + (place - anchor) * row.offsetHeight : 0;
    this.list.style.top = `${this.scrollTop + part * this.clientHeight - above}px`;
  }

  // Rows that stay are left alone, so that a selection in them stays too.
  fill(first, end) {
    for (const [index, { row }] of this.rows) {
      if (index >= first && index < end) continue;
      row.remove();
      this.rows.delete(index);
    }
    let next = this.list.firstElementChild;
    for (let index = first; index < end; index += 1) {
      const line = this.lines.at(index, this.total);
      const known = this.rows.get(index);
      if (known?.line === line && known?.row === next) {
        next = next.nextElementSibling;
        continue;
      }
      const row = logRow(index + 1, line);
      if (known) {
        known.row.replaceWith(row);
        next = row.nextElementSibling;
      } else {
        this.list.insertBefore(row, next);
      }
      this.rows.set(index, { row, line });
    }
  }

  showEmpty() {
    const shown = this.querySelector(".nolog");
    if (this.total > 0) {
      shown?.remove();
      return;
    }
    const end = this.dataset.ended ? `No output, ${this.dataset.ended}` : "No output";
    const text = this.active ? "No output yet" : end;
    if (shown) shown.textContent = text;
    else this.prepend(element("p", "nolog", text));
  }
}

customElements.define("log-view", LogView);
