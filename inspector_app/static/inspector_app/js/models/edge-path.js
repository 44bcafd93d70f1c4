// The line of a relation and the signs at its ends, as the data of an SVG path.
import { HEAD, ROW } from "./sizes.js";

const STUB = 16;
const FOOT = 9;
const BAR = 5;
const BOW = 0.16;
const BOW_MOST = 60;

const MANY = (x, y, s) => `M${x} ${y - 4}L${x + s * FOOT} ${y}L${x} ${y + 4}`;
const ONE = (x, y, s) => `M${x + s * BAR} ${y - 4}V${y + 4}`;
const DIAMOND = (x, y, s) =>
  `M${x} ${y}L${x + s * 5} ${y - 4}L${x + s * 10} ${y}L${x + s * 5} ${y + 4}Z`;
const TRIANGLE = (x, y, s) => `M${x} ${y}L${x + s * 11} ${y - 5}V${y + 5}Z`;

const ENDS = {
  fk: [MANY, ONE],
  o2o: [ONE, ONE],
  m2m: [MANY, MANY],
  generic: [DIAMOND, MANY],
  inherits: [null, TRIANGLE],
  proxy: [null, TRIANGLE],
};
const DASHES = { m2m: "dash", generic: "dots", proxy: "dash" };

export const dashes = (kind) => DASHES[kind] ?? "";

// `a` and `b` are boxes; `route` what the layout proposes, or nothing once one of them was moved.
// Answers {line, signs, box: [left, top, right, bottom]}.
export function path({ kind, ar, br }, a, b, route) {
  return kind === "app"
    ? arrow(a, b, route)
    : relation(kind, port(a, ar), port(b, br), a, b, route);
}

function port(box, row) {
  const at = row === undefined ? -1 : box.rowAt(row);
  return box.y + (at < 0 ? HEAD / 2 : HEAD + at * ROW + ROW / 2 + 2);
}

function relation(kind, ay, by, a, b, route) {
  const [as, bs] = sides(a, b);
  const ax = as > 0 ? a.x + a.w : a.x;
  const bx = bs > 0 ? b.x + b.w : b.x;
  const points = [
    [ax + as * STUB, ay],
    ...(as !== bs ? inner(route, ax, bx) : []),
    [bx + bs * STUB, by],
  ];
  let line = `M${ax} ${ay}H${points[0][0]}`;
  for (let at = 1; at < points.length; at += 1) {
    line += curve(points[at - 1], points[at], as === bs ? as : 0);
  }
  line += `H${bx}`;
  const [atA, atB] = ENDS[kind];
  const signs = (atA?.(ax, ay, as) ?? "") + (atB?.(bx, by, bs) ?? "");
  const xs = [ax, bx, ...points.map(([x]) => x)];
  const ys = [ay, by, ...points.map(([, y]) => y)];
  return { line, signs, box: around(xs, ys, as === bs ? 40 : 6) };
}

// On which side each end leaves its box: towards the other one, or both to the right.
function sides(a, b) {
  if (b.x > a.x + a.w + 2 * STUB) return [1, -1];
  if (b.x + b.w + 2 * STUB < a.x) return [-1, 1];
  return [1, 1];
}

// The bends between the boxes that the layout found to lead around others.
function inner(route, ax, bx) {
  if (!route || route.length < 4) return [];
  const [low, high] = [Math.min(ax, bx) + STUB, Math.max(ax, bx) - STUB];
  return route.slice(1, -1).filter(([x]) => x > low && x < high);
}

function curve([px, py], [qx, qy], loop) {
  if (loop) {
    const out = Math.max(px, qx) + 24;
    return `C${out} ${py} ${out} ${qy} ${qx} ${qy}`;
  }
  const middle = Math.round((px + qx) / 2);
  return `C${middle} ${py} ${middle} ${qy} ${qx} ${qy}`;
}

function arrow(a, b, route) {
  const points = route ?? bent(a, b);
  const end = points.at(-1);
  const [px, py] = points.at(-2);
  const angle = Math.atan2(end[1] - py, end[0] - px);
  const point = (length, turn) =>
    `${round(end[0] - length * Math.cos(angle + turn))} ${round(end[1] - length * Math.sin(angle + turn))}`;
  let line = `M${points[0].join(" ")}`;
  for (let at = 1; at < points.length - 1; at += 1) {
    const [x, y] = points[at];
    const [nx, ny] = at === points.length - 2 ? end : middle(points[at], points[at + 1]);
    line += `Q${x} ${y} ${round(nx)} ${round(ny)}`;
  }
  if (points.length === 2) line += `L${end.join(" ")}`;
  const signs = `M${end.join(" ")}L${point(9, 0.42)}L${point(9, -0.42)}Z`;
  const box = around(
    points.map(([x]) => x),
    points.map(([, y]) => y),
    8,
  );
  return { line, signs, box, label: half(points) };
}

// A point of the line near its middle.
function half(points) {
  const at = Math.floor((points.length - 1) / 2);
  if (points.length !== 3) return points[at];
  const [from, turn, to] = points;
  return [0, 1].map((axis) => round((from[axis] + 2 * turn[axis] + to[axis]) / 4));
}

function middle([px, py], [qx, qy]) {
  return [(px + qx) / 2, (py + qy) / 2];
}

// Bent a little, so that lines behind other boxes can be told from lines that end there.
function bent(a, b) {
  const [ac, bc] = [centre(a), centre(b)];
  const [dx, dy] = [bc[0] - ac[0], bc[1] - ac[1]];
  const length = Math.hypot(dx, dy) || 1;
  const bow = Math.min(BOW_MOST, length * BOW);
  const [mx, my] = middle(ac, bc);
  const turn = [mx - (dy / length) * bow, my + (dx / length) * bow].map(round);
  return [border(a, turn), turn, border(b, turn)];
}

const centre = ({ x, y, w, h }) => [x + w / 2, y + h / 2];

function border(box, [tx, ty]) {
  const [cx, cy] = centre(box);
  const [dx, dy] = [tx - cx, ty - cy];
  const scale = Math.min(
    dx ? box.w / 2 / Math.abs(dx) : Number.POSITIVE_INFINITY,
    dy ? box.h / 2 / Math.abs(dy) : Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(scale) ? [round(cx + dx * scale), round(cy + dy * scale)] : [cx, cy];
}

const round = (value) => Math.round(value * 10) / 10;

function around(xs, ys, margin) {
  return [
    Math.min(...xs) - margin,
    Math.min(...ys) - margin,
    Math.max(...xs) + margin,
    Math.max(...ys) + margin,
  ];
}
