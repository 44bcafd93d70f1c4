// One line of a log as a row, or one gap between lines.
import { coloured } from "./ansi.js";
import { button, element } from "./element.js";
import { highlight, linkPlaces } from "./log-text.js";

const KIND = { stderr: "e", djdesk: "sys" };

// `look` says how: {root, links, current, wanted, matching}.
export function logRow(number, line, look) {
  const row = element("li", line ? KIND[line.stream] : "");
  row.dataset.line = number;
  row.classList.toggle("current", number === look.current);
  row.append(numberOf(number, look));
  if (!line) return row;
  row.append(element("time", "", `+${line.t.toFixed(2)} s`));
  const text = element("span", "tx", ...coloured(line.text));
  if (look.links) linkPlaces(text, look.root);
  if (look.wanted && highlight(text, look.wanted)) row.classList.add("hit");
  row.append(text);
  return row;
}

function numberOf(number, { links }) {
  const text = number.toLocaleString("en");
  if (!links) return element("span", "no", text);
  const link = element("a", "no", text);
  link.href = `#L${number}`;
  // Reached by the arrow keys of a screen reader; a tab stop at every line would help nobody.
  link.tabIndex = -1;
  return link;
}

export function gapRow(gap, open) {
  const row = element("li", "gap", element("span", "no", "⋯"));
  if (gap.kind !== "fold") {
    row.append(element("span", "tx", words(gap)));
    return row;
  }
  row.append(opener(`▸ ${words(gap)}`, false, open));
  return row;
}

// What folds an open traceback again stands in its first line.
export function addFolder(row, fold) {
  row.classList.add("folds");
  const made = opener("▾", true, fold);
  made.ariaLabel = "Fold the traceback";
  row.querySelector(".no").after(made);
}

function opener(label, expanded, run) {
  const made = button("unfold", label, run);
  made.ariaExpanded = String(expanded);
  return made;
}

function words(gap) {
  const count = gap.last - gap.first + 1;
  const lines = `${count.toLocaleString("en")} ${count === 1 ? "line" : "lines"}`;
  if (gap.kind === "fold") {
    return `Traceback, ${gap.frames} ${gap.frames === 1 ? "frame" : "frames"}, ${lines} folded`;
  }
  if (gap.kind === "lost") return `${amount(gap.size)} omitted, ${lines}`;
  return `${lines} without a match`;
}

function amount(size) {
  if (size < 1_000_000) return `${size.toLocaleString("en")} bytes`;
  return `${Math.round(size / 1_000_000).toLocaleString("en")} MB`;
}
