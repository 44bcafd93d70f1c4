// Which part of the drawing is in sight, and how large.

const LEAST = 0.03;
const MOST = 3;
const FLIGHT_MS = 240;
const MARGIN = 24;
// Below the drawing lie the legend and the buttons.
const FOOT = 52;

export class Camera {
  constructor(element, changed) {
    Object.assign(this, { element, changed, x: 0, y: 0, k: 1 });
  }

  get size() {
    const { clientWidth: w, clientHeight: h } = this.element;
    return { w, h };
  }

  // What is seen, in the drawing's own units.
  get sight() {
    const { w, h } = this.size;
    return { x: -this.x / this.k, y: -this.y / this.k, w: w / this.k, h: h / this.k };
  }

  get transform() {
    return `translate(${this.x.toFixed(2)} ${this.y.toFixed(2)}) scale(${this.k.toFixed(4)})`;
  }

  set({ x = this.x, y = this.y, k = this.k }) {
    cancelAnimationFrame(this.frame);
    this.take({ x, y, k });
  }

  take({ x, y, k }) {
    Object.assign(this, { x, y, k: Math.min(Math.max(k, LEAST), MOST) });
    this.changed();
  }

  pan(dx, dy) {
    this.fitted = false;
    this.set({ x: this.x + dx, y: this.y + dy });
  }

  // Keeps the point of the screen where it is; without one, the middle.
  zoom(factor, px = this.size.w / 2, py = this.size.h / 2) {
    this.fitted = false;
    const k = Math.min(Math.max(this.k * factor, LEAST), MOST);
    const by = k / this.k;
    this.set({ x: px - (px - this.x) * by, y: py - (py - this.y) * by, k });
  }

  fitting({ x, y, w, h }) {
    const { w: width, h: height } = this.size;
    const k = Math.min(
      (width - 2 * MARGIN) / Math.max(w, 1),
      (height - MARGIN - FOOT) / Math.max(h, 1),
      1,
    );
    return {
      x: (width - w * k) / 2 - x * k,
      y: Math.max(MARGIN, (height - FOOT - h * k) / 2) - y * k,
      k,
    };
  }

  around({ x, y, w, h }, k) {
    const { w: width, h: height } = this.size;
    return { x: width / 2 - (x + w / 2) * k, y: height / 2 - (y + h / 2) * k, k };
  }

  // Moves there in a short flight, or at once where motion is unwanted.
  fly(target) {
    cancelAnimationFrame(this.frame);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.take(target);
      return;
    }
    const from = { x: this.x, y: this.y, k: this.k };
    const began = performance.now();
    const step = (now) => {
      const part = Math.min(Math.max(now - began, 0) / FLIGHT_MS, 1);
      const eased = 1 - (1 - part) ** 3;
      const between = (name) => from[name] + (target[name] - from[name]) * eased;
      this.take({ x: between("x"), y: between("y"), k: between("k") });
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  // Brings a box into sight without changing more than needed.
  reveal({ x, y, w, h }) {
    const { x: left, y: top, w: width, h: height } = this.sight;
    const edge = MARGIN / this.k;
    const dx = overlap(x - edge, x + w + edge, left, left + width);
    const dy = overlap(y - edge, y + h + edge * 2, top, top + height);
    if (dx || dy) this.fly({ x: this.x + dx * this.k, y: this.y + dy * this.k, k: this.k });
  }
}

function overlap(start, end, from, to) {
  if (start < from) return from - start;
  return end > to ? to - end : 0;
}
