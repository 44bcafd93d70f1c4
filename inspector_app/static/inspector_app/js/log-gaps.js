// What is hidden of a log and why: what a filter leaves out, folded tracebacks, lines never kept.
import { around, LogRows } from "./log-rows.js";

export class LogGaps {
  constructor() {
    this.rows = new LogRows();
    this.ranges = null;
    this.folds = [];
    this.lost = [];
  }

  grow(total) {
    if (total === this.rows.total) return;
    this.rows.total = total;
    if (this.ranges) this.arrange();
  }

  only(ranges) {
    this.ranges = ranges;
    this.arrange();
  }

  fold(tracebacks) {
    const open = new Set(this.folds.filter((fold) => fold.open).map(({ first }) => first));
    // The line that names the exception stays in sight.
    this.folds = tracebacks
      .filter(({ first, last, exception }) => exception && last > first + 1)
      .map(({ first, last, frames }) => {
        return { kind: "fold", first, last: last - 1, frames, open: open.has(first) };
      });
    this.arrange();
  }

  // Gaps as the engine tells them; returns whether they are others than before.
  lose(gaps) {
    const lost = gaps
      .filter(([first, last]) => first <= last)
      .map(([first, last, size]) => ({ kind: "lost", first, last, size }));
    if (JSON.stringify(lost) === JSON.stringify(this.lost)) return false;
    this.lost = lost;
    this.arrange();
    return true;
  }

  toggle(fold) {
    fold.open = !fold.open;
    this.arrange();
  }

  openFold(line) {
    return this.ranges ? undefined : this.folds.find((fold) => fold.open && fold.first === line);
  }

  unfoldBefore(line) {
    const fold = this.folds.find(({ last, open }) => last === line - 1 && !open);
    if (fold) this.toggle(fold);
  }

  // Whatever hides a line gives way, if it can; returns whether that was the filter.
  reveal(line) {
    const filtered = this.rows.gapOf(line)?.kind === "other";
    if (filtered) this.only(null);
    const gap = this.rows.gapOf(line);
    if (gap?.kind === "fold") this.toggle(gap);
    return filtered;
  }

  arrange() {
    const folded = this.folds.filter((fold) => !fold.open);
    const all = [...folded, ...this.lost].sort((a, b) => a.first - b.first);
    this.rows.hide(this.ranges ? around(this.ranges, this.rows.total) : all);
  }
}
