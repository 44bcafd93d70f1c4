// Which line stands in which row of a log, when some lines are folded away, filtered out or were
// never kept: each such gap is one row.

export class LogRows {
  constructor() {
    this.total = 0;
    this.gaps = [];
    // Lines hidden by all gaps before the one at the same place.
    this.hidden = [0];
  }

  // Gaps are {first, last, …}, sorted and apart from each other.
  hide(gaps) {
    this.gaps = gaps;
    this.hidden = [0];
    for (const { first, last } of gaps) this.hidden.push(this.hidden.at(-1) + last - first + 1);
  }

  get length() {
    const shown = this.countBefore(this.total + 1);
    return this.total - this.hidden[shown] + shown;
  }

  // {line} or {gap}.
  at(row) {
    const passed = this.search((place) => this.rowOfGap(place) < row);
    if (passed < this.gaps.length && this.rowOfGap(passed) === row) {
      return { gap: this.gaps[passed] };
    }
    return { line: row + 1 + this.hidden[passed] - passed };
  }

  rowOf(line) {
    const passed = this.countBefore(line + 1);
    const gap = this.gaps[passed - 1];
    if (gap && gap.last >= line) return this.rowOfGap(passed - 1);
    return line - 1 - this.hidden[passed] + passed;
  }

  gapOf(line) {
    return this.gaps.find(({ first, last }) => first <= line && line <= last);
  }

  rowOfGap(place) {
    return this.gaps[place].first - 1 - this.hidden[place] + place;
  }

  // How many gaps begin before a line.
  countBefore(line) {
    return this.search((place) => this.gaps[place].first < line);
  }

  search(before) {
    let low = 0;
    let high = this.gaps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

// What is left out when only `ranges` of `total` lines are shown.
export function around(ranges, total) {
  const gaps = [];
  let next = 1;
  for (const [first, last] of [...ranges, [total + 1, total]]) {
    if (first > next) gaps.push({ kind: "other", first: next, last: first - 1 });
    next = Math.max(next, last + 1);
  }
  return gaps;
}
