// Draws what is in sight of a scene: boxes near the window only, edges in few elements where they
// are many, and less detail the smaller it is.
import { boxSvg, NAMED, SHAPE, WHOLE } from "./box-svg.js";
import { dashes } from "./edge-path.js";
import { svg } from "./svg.js";

const AHEAD = 0.4;
// Names that are as large on the screen at every size are made again when the size changed so far.
const RESIZED = 0.45;
// Up to here each edge is an element of its own, which has a tooltip.
const EDGES_APART = 250;
// From here on their rims are not smooth while the drawing moves, which takes a quarter less time.
const EDGES_MANY = 60;
const CALM_MS = 120;

export function detailAt(scale, level) {
  if (level === "apps") return scale > 0.3 ? WHOLE : NAMED;
  if (scale > 0.5) return WHOLE;
  return scale > 0.12 ? NAMED : SHAPE;
}

export class Painter {
  constructor(root, scene) {
    Object.assign(this, { root, scene, drawn: new Map(), selected: "", current: "" });
    this.world = svg("g");
    this.layers = ["groups", "edges", "boxes", "names", "weights"].map((name) =>
      svg("g", { class: name }),
    );
    [this.groups, this.edges, this.boxes, this.names, this.weights] = this.layers;
    this.world.append(...this.layers);
    root.replaceChildren(this.world);
  }

  // Called for every change of the camera; draws anew only what that brings into sight.
  follow(camera) {
    if (this.many) this.hurry();
    this.world.setAttribute("transform", camera.transform);
    const detail = detailAt(camera.k, this.scene.level);
    const scale = detail === NAMED || this.scene.groups.length ? camera.k : 1;
    const sight = camera.sight;
    const same = detail === this.detail && Math.abs(Math.log(scale / this.scale)) < RESIZED;
    if (same && this.covers(sight)) return;
    if (!same) this.forget();
    Object.assign(this, { detail, scale });
    const [mx, my] = [sight.w * AHEAD, sight.h * AHEAD];
    this.area = [sight.x - mx, sight.y - my, sight.x + sight.w + mx, sight.y + sight.h + my];
    this.paint();
  }

  hurry() {
    clearTimeout(this.calm);
    this.root.classList.add("moving");
    this.calm = setTimeout(() => this.root.classList.remove("moving"), CALM_MS);
  }

  covers({ x, y, w, h }) {
    if (!this.area) return false;
    const [left, top, right, bottom] = this.area;
    return x >= left && y >= top && x + w <= right && y + h <= bottom;
  }

  // Everything is made again at the next paint; what has the focus keeps it.
  forget() {
    this.drawn.clear();
  }

  paint() {
    if (!this.area) return;
    this.paintGroups();
    this.paintEdges();
    this.paintBoxes();
  }

  paintBoxes() {
    const focused = this.root.contains(document.activeElement) && this.current;
    let next = this.boxes.firstElementChild;
    for (const box of this.scene.ordered) {
      const wanted = box.id === this.current || this.inSight(box);
      const known = this.drawn.get(box.id);
      if (!wanted) {
        this.drawn.delete(box.id);
        continue;
      }
      const made = known ?? this.boxOf(box);
      this.drawn.set(box.id, made);
      if (made === next) next = next.nextElementSibling;
      else this.boxes.insertBefore(made, next);
    }
    for (const one of [...this.boxes.children]) {
      if (this.drawn.get(one.dataset.id) !== one) one.remove();
    }
    this.mark();
    if (focused && !this.root.contains(document.activeElement)) {
      this.drawn.get(focused)?.focus({ preventScroll: true });
    }
  }

  boxOf(box) {
    const made = boxSvg(box, {
      detail: this.detail,
      scale: this.scale,
      largest: this.scene.largest,
    });
    made.dataset.id = box.id;
    made.role = "button";
    made.ariaLabel = box.label;
    made.setAttribute("transform", `translate(${box.x} ${box.y})`);
    return made;
  }

  inSight({ x, y, w, h }) {
    const [left, top, right, bottom] = this.area;
    return x < right && y < bottom && x + w > left && y + h > top;
  }

  // Classes and attributes that follow the selection and the focus.
  mark() {
    const near = this.scene.near.get(this.selected);
    for (const [id, made] of this.drawn) {
      made.classList.toggle("hot", id === this.selected);
      made.classList.toggle("beside", near?.has(id) ?? false);
      made.setAttribute("tabindex", id === this.current ? 0 : -1);
      made.ariaCurrent = id === this.selected ? "true" : null;
    }
  }

  select(id) {
    this.selected = id;
    if (!this.area) return;
    this.mark();
    this.paintEdges();
  }

  paintEdges() {
    const seen = this.scene.edges.filter((edge) => {
      const [left, top, right, bottom] = this.scene.pathOf(edge).box;
      return this.inSight({ x: left, y: top, w: right - left, h: bottom - top });
    });
    this.many = seen.length > EDGES_MANY;
    const isHot = ({ a, b }) => a === this.selected || b === this.selected;
    const quiet = seen.filter((edge) => !isHot(edge));
    const faint = this.selected ? " faint" : "";
    const signs = this.detail === WHOLE;
    const apart = seen.length <= EDGES_APART && signs;
    const parts = apart
      ? quiet.flatMap((edge) => this.edgeParts([edge], faint, signs))
      : [...Map.groupBy(quiet, this.kindOf).values()].flatMap((many) =>
          this.edgeParts(many, faint, signs),
        );
    const hot = seen.filter(isHot).flatMap((edge) => this.edgeParts([edge], " hot", signs));
    this.edges.replaceChildren(...parts, ...hot);
    this.weights.replaceChildren(...(signs ? this.labels(seen.filter(isHot)) : []));
  }

  kindOf = ({ kind, weight }) => `${dashes(kind)}${kind === "app" ? this.widthOf(weight) : ""}`;

  widthOf(weight = 1) {
    return (1.2 + (2.6 * (weight - 1)) / Math.max(this.scene.heaviest - 1, 1)).toFixed(1);
  }

  // The line, and its signs, which are never dashed.
  edgeParts(edges, tone, signs) {
    const [first] = edges;
    const paths = edges.map((edge) => this.scene.pathOf(edge));
    const width = first.kind === "app" ? this.widthOf(first.weight) : tone === " hot" ? 1.8 : 1.2;
    const dash = dashes(first.kind);
    const className = `edge${dash && ` ${dash}`}${tone}`;
    const line = svg("path", {
      class: className,
      d: paths.map(({ line: d }) => d).join(""),
      "stroke-width": width,
    });
    if (edges.length === 1) line.append(svg("title", {}, first.text));
    if (!signs) return [line];
    const d = paths.map(({ signs: one }) => one).join("");
    const name = first.kind === "app" ? "tip" : "sign";
    return d ? [line, svg("path", { class: `${name}${tone}`, d })] : [line];
  }

  // Beside a line, not upon a box that it runs behind; the pane of facts has all of them.
  labels(edges) {
    if (this.scene.level !== "apps") return [];
    return edges.flatMap((edge) => {
      const [x, y] = this.scene.pathOf(edge).label;
      const covered = this.scene.ordered.some(
        (box) => x > box.x - 8 && x < box.x + box.w + 8 && y > box.y - 8 && y < box.y + box.h + 8,
      );
      const at = { class: "wl hot", x, y: y + 4, "text-anchor": "middle" };
      return covered ? [] : [svg("text", at, String(edge.weight))];
    });
  }

  paintGroups() {
    this.groups.replaceChildren(
      ...this.scene.groups.map(({ x, y, w, h }) =>
        svg("rect", { class: "group", x, y, width: w, height: h, rx: 8 }),
      ),
    );
    this.names.replaceChildren(
      ...this.scene.groups.map(({ name, x, y, w }) => {
        const size = Math.min(13 / this.scale, 60, (w - 20) / (name.length * 0.62));
        const at = { class: "gn", x: x + 12, y: y + Math.max(20, size * 0.7), "font-size": size };
        return svg("text", at, name);
      }),
    );
  }

  moved(id) {
    const box = this.scene.boxes.get(id);
    this.drawn.get(id)?.setAttribute("transform", `translate(${box.x} ${box.y})`);
    this.paintEdges();
  }
}
