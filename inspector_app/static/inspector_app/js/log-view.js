// A run's output. Only the rows in sight exist: 100,000 lines cost as much as a hundred.
import { element } from "./element.js";
import { showEmpty } from "./log-empty.js";
import { LogGaps } from "./log-gaps.js";
import { LogLines } from "./log-lines.js";
import { addFolder, gapRow, logRow } from "./log-row.js";
import { topLine } from "./log-sight.js";
import { ended, isActive } from "./runs.js";

const ROW = 19;
const AHEAD = 40;
// No engine lays out much more than this; a longer log is scrolled faster than by the line.
const TALLEST = 30_000_000;
const MANY = 10_000;

class LogView extends HTMLElement {
  connectedCallback() {
    const { run, total, active, root = "", page } = this.dataset;
    this.run = Number(run);
    this.active = active !== undefined;
    this.follow = this.active;
    this.look = { root, links: page !== undefined, current: 0, wanted: null };
    this.rows = new Map();
    this.gaps = new LogGaps();
    this.lines = new LogLines(this.run, (answer) => this.loaded(answer));
    this.list = element("ol", "log");
    this.space = element("div", "log-space", this.list);
    this.replaceChildren(this.space);
    this.listen();
    this.grow(Number(total));
    if (this.look.links) this.seed();
  }

  seed() {
    const first = JSON.parse(document.getElementById("first-lines").textContent);
    if (!first) return;
    this.lines.seed(first);
    this.gaps.lose(first.gaps);
    this.draw();
  }

  listen() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const hear = (kind, handle) => document.addEventListener(`djdesk:${kind}`, handle, { signal });
    hear("log", ({ detail }) => detail.run === this.run && this.heard(detail));
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

  get total() {
    return this.gaps.rows.total;
  }

  set wraps(on) {
    this.classList.toggle("wraps", on);
    this.settle();
  }

  set times(on) {
    this.classList.toggle("notimes", !on);
    this.settle();
  }

  // Lines that hold the wanted text are marked.
  set wanted(expression) {
    this.look.wanted = expression;
    this.redraw();
  }

  // Only these lines are shown; null shows all.
  set ranges(ranges) {
    this.gaps.only(ranges);
    this.keepPlace(() => this.redraw());
  }

  set tracebacks(found) {
    this.gaps.fold(found);
    this.keepPlace(() => this.redraw());
  }

  setFollow(on) {
    this.follow = on;
    if (on) this.scrollTop = this.scrollHeight;
    this.tell("log-follow", on);
  }

  // Shows a line, whatever hides it, and marks it.
  goTo(line) {
    this.setFollow(false);
    if (this.gaps.reveal(line)) this.tell("log-unfiltered");
    this.look.current = line;
    this.redraw();
    this.settle();
    this.scrollToRow(this.gaps.rows.rowOf(line));
  }

  // The same for a line that says what went wrong, with how it came to that.
  goToError(line) {
    this.gaps.unfoldBefore(line);
    this.goTo(line);
  }

  heard({ lines, beginning }) {
    if (!beginning || this.total) {
      this.wrote(lines);
      return;
    }
    this.lines.seed(beginning);
    this.grow(lines);
    // What was waited for longest does not wait for the next frame to be drawn.
    this.draw();
  }

  wrote(total) {
    this.lines.lastMayHaveGrown(this.total);
    this.grow(total);
  }

  update(run) {
    const ran = this.active;
    this.active = isActive(run);
    this.dataset.ended = ended(run);
    this.wrote(run.lines);
    if (ran && !this.active) this.tell("log-ended");
  }

  loaded({ total, gaps }) {
    if (this.gaps.lose(gaps)) this.clear();
    this.grow(total);
  }

  grow(total) {
    this.gaps.grow(Math.max(this.total, total));
    this.classList.toggle("log-wide", this.total >= MANY);
    this.tell("log-count", this.total);
    this.settle();
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  settle() {
    this.space.style.height = `${Math.min(this.gaps.rows.length * this.rowHeight(), TALLEST)}px`;
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

  scrollToRow(row) {
    const most = this.scrollHeight - this.clientHeight;
    // Then draw() puts that row into sight as a whole, the first at the top, the last at the bottom.
    this.scrollTop = (row / Math.max(this.gaps.rows.length - 1, 1)) * most;
  }

  // What hides lines changed: the line that was in sight stays in sight.
  keepPlace(change) {
    const line = this.look.current || topLine(this);
    change();
    this.settle();
    if (!this.follow) this.scrollToRow(this.gaps.rows.rowOf(line));
  }

  redraw() {
    this.clear();
    this.later();
  }

  clear() {
    this.list.replaceChildren();
    this.rows.clear();
  }

  later() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  // A place in the scroll bar is the same place in the log: what lies there in the log is put
  // where it lies in the view. That holds for any height of rows, and at both ends.
  draw() {
    showEmpty(this);
    const count = this.gaps.rows.length;
    const most = this.scrollHeight - this.clientHeight;
    const part = most > 0 ? Math.min(this.scrollTop / most, 1) : 0;
    const place = part * count;
    const anchor = Math.min(Math.floor(place), Math.max(count - 1, 0));
    const around = AHEAD + Math.ceil(this.clientHeight / ROW);
    const first = Math.max(anchor - around, 0);
    this.fill(first, Math.min(anchor + around, count));
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
      const { line: number, gap } = this.gaps.rows.at(index);
      const shown = gap ?? this.lines.at(number, this.total);
      const known = this.rows.get(index);
      if (known?.shown === shown && known?.row === next) {
        next = next.nextElementSibling;
        continue;
      }
      const row = gap ? this.gapRow(gap) : this.lineRow(number, shown);
      if (known) {
        known.row.replaceWith(row);
        next = row.nextElementSibling;
      } else {
        this.list.insertBefore(row, next);
      }
      this.rows.set(index, { row, shown });
    }
  }

  lineRow(number, line) {
    const row = logRow(number, line, this.look);
    const fold = this.gaps.openFold(number);
    if (fold) addFolder(row, () => this.toggle(fold));
    return row;
  }

  gapRow(gap) {
    return gapRow(gap, () => this.toggle(gap));
  }

  toggle(fold) {
    this.gaps.toggle(fold);
    this.look.current = fold.first;
    this.keepPlace(() => this.redraw());
    this.focus();
  }
}

customElements.define("log-view", LogView);
