// One box, in as much detail as its size on the screen is worth.
import { aside, cut, HEAD, nameRoom, ROW } from "./sizes.js";
import { svg } from "./svg.js";

// Levels of detail: everything; only a name, as large as it fits; only a shape.
export const WHOLE = "whole";
export const NAMED = "named";
export const SHAPE = "shape";

// `look`: {detail, scale, largest: models of the largest app}.
export function boxSvg(box, look) {
  const frame = svg("rect", { class: "f", width: box.w, height: box.h, rx: 6 });
  const made = svg("g", { class: `box ${box.kind} ${look.detail}` }, frame);
  if (look.detail === NAMED) made.append(...bigName(box, look.scale));
  if (look.detail === WHOLE) made.append(...(box.kind === "app" ? app(box, look) : model(box)));
  return made;
}

function text(className, x, y, content, anchor) {
  return svg(
    "text",
    { class: className, x, y, ...(anchor ? { "text-anchor": anchor } : {}) },
    content,
  );
}

// As large as it fits, on two lines where it is long: on the screen up to 11 pixels.
function bigName(box, scale) {
  const lines = box.name.length > 9 ? halves(box.name) : [box.name];
  const longest = Math.max(...lines.map(({ length }) => length));
  const size = Math.min(
    11 / scale,
    (box.w - 12) / (longest * 0.64),
    (box.h * 0.8) / (lines.length * 1.15),
  );
  const top = box.h / 2 + size * (0.35 - (lines.length - 1) * 0.57);
  return lines.map((line, index) => {
    const made = text("big", box.w / 2, top + index * size * 1.15, line, "middle");
    made.setAttribute("font-size", size.toFixed(1));
    return made;
  });
}

// Cut where a new word begins, as near the middle as there is such a place.
function halves(name) {
  const middle = name.length / 2;
  const starts = [...name.matchAll(/(?<=[a-z0-9_])[A-Z]|(?<=_)[a-z]/g)].map(({ index }) => index);
  if (!starts.length) return [name];
  const at = starts.reduce((a, b) => (Math.abs(b - middle) < Math.abs(a - middle) ? b : a));
  return [name.slice(0, at), name.slice(at)];
}

function app(box, { largest }) {
  const room = box.w - 24;
  return [
    text("nm", 12, 20, cut(box.name, "name", nameRoom(box))),
    text("sub", box.w - 12, 20, aside(box), "end"),
    svg("rect", {
      class: "bar",
      x: 12,
      y: 30,
      width: Math.max(4, Math.round((room * box.count) / largest)),
      height: 4,
      rx: 2,
    }),
  ];
}

function model(box) {
  const beside = aside(box);
  const parts = [
    text("nm", 9, 17, cut(box.name, "name", nameRoom(box))),
    ...(beside ? [text("sub", box.w - 9, 17, beside, "end")] : []),
  ];
  if (!box.rows.length) return parts;
  if (box.kind === "model")
    parts.push(svg("path", { class: "hl", d: `M0 ${HEAD - 1.5}H${box.w}` }));
  box.rows.forEach(([name, mark, type], index) => {
    const y = HEAD + index * ROW + 14;
    if (box.kind === "near") {
      parts.push(text("mono", 9, y, cut(name, "mono", box.w - 18)));
      return;
    }
    if (mark) parts.push(text(mark === "PK" ? "pk" : "fk", 9, y, mark));
    const room = box.w - 48;
    parts.push(text("mono", 38, y, cut(name, "mono", room)));
    const rest = room - name.length * 6.8;
    if (type && rest > 40) parts.push(text("ty", box.w - 9, y, cut(type, "mono", rest), "end"));
  });
  return parts;
}
