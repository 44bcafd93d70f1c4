// The boxes and edges of a drawing with their places, and who is next to whom.
import { path } from "./edge-path.js";
import { size } from "./sizes.js";

export class Scene {
  constructor({ boxes, edges, level }) {
    this.level = level;
    this.boxes = new Map(boxes.map((box) => [box.id, prepared(box)]));
    this.edges = edges.map((edge) => ({ ...edge, path: null }));
    this.largest = Math.max(1, ...boxes.map(({ count }) => count ?? 1));
    this.heaviest = Math.max(1, ...edges.map(({ weight }) => weight ?? 1));
    this.groups = [];
    this.near = new Map(boxes.map(({ id }) => [id, new Set()]));
    for (const { a, b } of edges) {
      this.near.get(a).add(b);
      this.near.get(b).add(a);
    }
  }

  // What the worker needs to know.
  layoutInput(aspect) {
    return {
      boxes: [...this.boxes.values()].map(({ id, w, h, group }) => ({ id, w, h, group })),
      edges: this.edges.map(({ a, b, weight }) => ({ a, b, weight })),
      down: this.level === "apps",
      grouped: this.level === "all",
      aspect,
    };
  }

  place({ places, routes, groups }, moved) {
    for (const [id, [x, y]] of Object.entries(places)) Object.assign(this.boxes.get(id), { x, y });
    this.edges.forEach((edge, index) => {
      edge.route = routes[index];
      edge.path = null;
    });
    this.groups = groups;
    this.moved = new Set();
    for (const [id, [x, y]] of Object.entries(moved)) if (this.boxes.has(id)) this.move(id, x, y);
    this.order();
  }

  move(id, x, y) {
    Object.assign(this.boxes.get(id), { x: Math.round(x), y: Math.round(y) });
    this.moved.add(id);
    for (const edge of this.edges) {
      if (edge.a !== id && edge.b !== id) continue;
      edge.route = undefined;
      edge.path = null;
    }
  }

  // From top to bottom as one reads: for the tab order and for screen readers.
  order() {
    this.ordered = [...this.boxes.values()].sort((a, b) => a.y - b.y || a.x - b.x);
  }

  get bounds() {
    const all = [...this.boxes.values(), ...this.groups];
    const x = Math.min(...all.map((one) => one.x));
    const y = Math.min(...all.map((one) => one.y));
    const w = Math.max(...all.map((one) => one.x + one.w)) - x;
    const h = Math.max(...all.map((one) => one.y + one.h)) - y;
    return { x, y, w, h };
  }

  pathOf(edge) {
    edge.path ??= path(edge, this.boxes.get(edge.a), this.boxes.get(edge.b), edge.route);
    return edge.path;
  }

  // The box that lies next in a direction: near, and not far off the straight way.
  towards(box, [dx, dy]) {
    const [cx, cy] = [box.x + box.w / 2, box.y + box.h / 2];
    let best;
    for (const other of this.ordered) {
      const [ox, oy] = [other.x + other.w / 2 - cx, other.y + other.h / 2 - cy];
      const along = ox * dx + oy * dy;
      if (other === box || along <= 0) continue;
      const cost = along + 2 * Math.abs(ox * dy + oy * dx);
      if (!best || cost < best.cost) best = { other, cost };
    }
    return best?.other;
  }
}

function prepared(box) {
  const rows = new Map(box.rows.map(([name, , , id], index) => [id ?? name, index]));
  return { ...box, ...size(box), x: 0, y: 0, rowAt: (row) => rows.get(row) ?? -1 };
}
