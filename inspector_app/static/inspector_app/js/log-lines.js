// The lines of a log as far as they were needed. They stay with the engine and come by ranges.
import { get } from "./api.js";

const PAGE = 200;
const KEPT_PAGES = 16;

export class LogLines {
  constructor(run, changed) {
    this.run = run;
    this.changed = changed;
    this.pages = new Map();
    this.loading = new Set();
    // Pages whose last line may have grown.
    this.stale = new Set();
  }

  // The line, or undefined while it is on its way.
  at(index, total) {
    const page = Math.floor(index / PAGE);
    const lines = this.pages.get(page);
    const wanted = Math.min(PAGE, total - page * PAGE);
    if ((lines?.length ?? 0) < wanted || this.stale.has(page)) this.load(page);
    return lines?.[index - page * PAGE];
  }

  lastMayHaveGrown(total) {
    if (total > 0) this.stale.add(Math.floor((total - 1) / PAGE));
  }

  async load(page) {
    if (this.loading.has(page)) return;
    this.loading.add(page);
    this.stale.delete(page);
    const old = this.pages.get(page) ?? [];
    // The last line that is known may have been unfinished.
    const kept = Math.max(old.length - 1, 0);
    const first = page * PAGE + kept + 1;
    try {
      const query = `from=${first}&count=${PAGE - kept}`;
      const answer = await get(`/api/task-runs/${this.run}/log/?${query}`);
      this.pages.set(page, [...old.slice(0, kept), ...answer.lines]);
      this.forget(page);
      this.loading.delete(page);
      this.changed(answer.total);
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
