// How large a box is, and what of its texts fits: measured in the fonts of the page.

export const HEAD = 26;
export const ROW = 17;
const FOOT = 7;
const LEAST = 120;
const MOST = 290;
const MARK = 38;

const context = document.createElement("canvas").getContext("2d");
const widths = new Map();

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name);
}

const FONTS = {
  name: `600 12px ${token("--sans")}`,
  mono: `11px ${token("--mono")}`,
  small: `11px ${token("--sans")}`,
};

function widthOf(text, font) {
  const key = `${font}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context.font = FONTS[font];
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

export function cut(text, font, room) {
  if (widthOf(text, font) <= room) return text;
  let end = text.length - 1;
  while (end > 1 && widthOf(`${text.slice(0, end)}…`, font) > room) end -= 1;
  return `${text.slice(0, end)}…`;
}

export function aside(box) {
  if (box.kind === "app") return String(box.count);
  return [box.flag, box.more ? `+${box.more}` : ""].filter(Boolean).join(" ");
}

// The room that a box leaves for its name.
export function nameRoom(box) {
  const beside = aside(box);
  return box.w - (box.kind === "app" ? 24 : 18) - (beside ? widthOf(beside, "small") + 8 : 0);
}

export function size(box) {
  const head = widthOf(box.name, "name") + widthOf(aside(box), "small") + 34;
  if (box.kind === "app") return { w: clamp(head, 136, MOST), h: 46 };
  const start = box.kind === "near" ? 18 : MARK;
  const rows = box.rows.map(
    ([name, , type]) =>
      start + widthOf(name, "mono") + (type ? widthOf(type, "mono") + 14 : 0) + 13,
  );
  const h = HEAD + (box.rows.length ? box.rows.length * ROW + FOOT : 0);
  return { w: clamp(Math.max(head, ...rows), LEAST, MOST), h };
}

function clamp(value, least, most) {
  return Math.round(Math.min(Math.max(value, least), most));
}
