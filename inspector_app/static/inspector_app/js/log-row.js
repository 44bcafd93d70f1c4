// One line of a log as a row.
import { coloured } from "./ansi.js";
import { element } from "./element.js";

const KIND = { stderr: "e", djdesk: "sys" };

export function logRow(number, line) {
  const row = element("li", line ? KIND[line.stream] : "");
  row.append(element("span", "no", number.toLocaleString("en")));
  if (line) {
    row.append(element("time", "", `+${line.t.toFixed(2)} s`));
    row.append(element("span", "tx", ...coloured(line.text)));
  }
  return row;
}
