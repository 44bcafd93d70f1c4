// The lines of a log as far as they were needed. They stay with the engine and come by ranges.
import { get } from "./api.js";

const PAGE = 200;
const KEPT_PAGES = 16;

export class LogLines {
  constructor(run, changed) {
    this.run = run;
    this.changed = changed;
    // {lines, upTo}: the lines of a page by their number, and the last number that was asked for.
    this.pages = new Map();
    this.loading = new Set();
    // Pages whose last line may have grown.
    this.stale = new Set();
  }

  // The line, or undefined while it is on its way.
  at(number, total) {
    const page = pageOf(number);
    const known = this.pages.get(page);
    const end = Math.min((page + 1) * PAGE, total);
    if ((known?.upTo ?? 0) < end || this.stale.has(page)) this.load(page);
    return known?.lines.get(number);
  }

  // The beginning of a log, as it came with the page or with the news of it.
  seed({ lines, total }) {
    const known = new Map(lines.map((line) => [line.n, line]));
    this.pages.set(0, { lines: known, upTo: Math.min(lines.at(-1)?.n ?? 0, total) });
  }

  lastMayHaveGrown(total) {
    if (total > 0) this.stale.add(pageOf(total));
  }

  async load(page) {
    if (this.loading.has(page)) return;
    this.loading.add(page);
    this.stale.delete(page);
    const known = this.pages.get(page) ?? { lines: new Map(), upTo: 0 };
    const end = (page + 1) * PAGE;
    // The last line that is known may have been unfinished.
    const first = Math.max(known.upTo, page * PAGE + 1);
    try {
      const query = `from=${first}&count=${end - first + 1}`;
      const answer = await get(`/api/task-runs/${this.run}/log/?${query}`);
      for (const line of answer.lines) known.lines.set(line.n, line);
      known.upTo = Math.min(end, answer.total);
      this.pages.set(page, known);
      this.forget(page);
      this.loading.delete(page);
      this.changed(answer);
    } catch {
      // The next event or scroll asks again.
      this.loading.delete(page);
    }
  }

  forget(current) {
    const far = [...this.pages.keys()].sort(
      (a, b) => Math.abs(b - current) - Math.abs(a - current),
    );
    for (const page of far.slice(0, -KEPT_PAGES)) this.pages.delete(page);
  }
}

const pageOf = (number) => Math.floor((number - 1) / PAGE);
