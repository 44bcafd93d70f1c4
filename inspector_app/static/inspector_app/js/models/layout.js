// Where boxes go: dagre for whatever is connected, and the pieces packed side by side.
import { Graph, layout } from "../../../dagre.js";
import { folded } from "./folding.js";
import { pack } from "./packing.js";

const GAP = 28;
const GROUP_GAP = 36;
// Room inside the frame of a group: at its sides, and for its name, which is as large on the screen
// where everything is in sight as it is near by.
const INSET = 18;
const NAME = 30;
const SCREEN = 600;

// boxes: {id, w, h, group}; edges: {a, b, weight}. `down`: edges lead downwards, else to the right.
// Answers {places: {id: [x, y]}, routes: {edge: [[x, y]…]}, groups: [{name, x, y, w, h}]}.
export function arrange({ boxes, edges, down, grouped, aspect }) {
  const links = edges.map((edge, index) => ({ ...edge, index })).filter(({ a, b }) => a !== b);
  if (!grouped) return flat(connected(boxes, links, { down, aspect }), aspect);
  const groups = Map.groupBy(boxes, ({ group }) => group);
  const groupOf = new Map(boxes.map(({ id, group }) => [id, group]));
  const within = Map.groupBy(
    links.filter(({ a, b }) => groupOf.get(a) === groupOf.get(b)),
    ({ a }) => groupOf.get(a),
  );
  const area = boxes.reduce((sum, { w, h }) => sum + (w + GAP) * (h + GAP), 0);
  const head = Math.max(NAME, Math.min(70, (20 * Math.sqrt(area)) / SCREEN));
  const blocks = [...groups].map(([name, members]) => {
    const block = packed(connected(members, within.get(name) ?? [], { down, aspect }), aspect);
    return {
      ...shifted(block, INSET, head),
      name,
      w: block.w + 2 * INSET,
      h: block.h + head + INSET,
    };
  });
  const result = { places: {}, routes: {}, groups: [] };
  pack(blocks, aspect, GROUP_GAP).forEach(([x, y], index) => {
    const { name, w, h } = blocks[index];
    merge(result, shifted(blocks[index], x, y));
    result.groups.push({ name, x, y, w, h });
  });
  return result;
}

function flat(parts, aspect) {
  const { places, routes } = packed(parts, aspect);
  return { places, routes, groups: [] };
}

function packed(parts, aspect) {
  const result = { places: {}, routes: {}, w: 0, h: 0 };
  pack(parts, aspect, GAP).forEach(([x, y], index) => {
    const part = parts[index];
    merge(result, shifted(part, x, y));
    result.w = Math.max(result.w, x + part.w);
    result.h = Math.max(result.h, y + part.h);
  });
  return result;
}

function merge(result, part) {
  Object.assign(result.places, part.places);
  Object.assign(result.routes, part.routes);
}

function shifted(part, dx, dy) {
  const move = ([x, y]) => [Math.round(x + dx), Math.round(y + dy)];
  const each = (object, change) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
  return {
    places: each(part.places, move),
    routes: each(part.routes, (points) => points.map(move)),
  };
}

// The connected pieces, each laid out by itself.
function connected(boxes, links, look) {
  const root = new Map(boxes.map(({ id }) => [id, id]));
  const find = (id) => {
    let at = id;
    while (root.get(at) !== at) {
      root.set(at, root.get(root.get(at)));
      at = root.get(at);
    }
    return at;
  };
  for (const { a, b } of links) root.set(find(a), find(b));
  const linksOf = Map.groupBy(links, ({ a }) => find(a));
  return [...Map.groupBy(boxes, ({ id }) => find(id))].map(([id, members]) =>
    members.length === 1 ? alone(members[0]) : ranked(members, linksOf.get(id), look),
  );
}

function alone({ id, w, h }) {
  return { places: { [id]: [0, 0] }, routes: {}, w, h };
}

function ranked(boxes, links, { down, aspect }) {
  const [gap, rankGap] = down ? [30, 70] : [18, 76];
  const compact = folded(boxes, links, { down, aspect, gap, rankGap });
  if (compact) return { ...compact, routes: {} };
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: down ? "TB" : "LR", edgesep: 10, nodesep: gap, ranksep: rankGap });
  for (const { id, w, h } of boxes) graph.setNode(id, { width: w, height: h });
  for (const { a, b, index, weight = 1 } of links) {
    graph.setEdge(a, b, { weight: Math.min(weight, 4) }, String(index));
  }
  layout(graph);
  const places = {};
  for (const { id, w, h } of boxes) {
    const { x, y } = graph.node(id);
    places[id] = [x - w / 2, y - h / 2];
  }
  const routes = {};
  for (const edge of graph.edges()) {
    routes[edge.name] = graph.edge(edge).points.map(({ x, y }) => [x, y]);
  }
  const { width: w, height: h } = graph.graph();
  return { places, routes, w, h };
}
