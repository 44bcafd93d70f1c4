// The whole drawing as a file of its own: SVG for both themes, PNG in the one that is shown.
import { Painter } from "./painter.js";
import { svg } from "./svg.js";

const MARGIN = 20;
// What a canvas can be made of everywhere.
const LARGEST_SIDE = 8192;
const LARGEST_AREA = 40_000_000;

export function saveSvg(scene, drawing) {
  download(new Blob([text(scene, drawing)], { type: "image/svg+xml" }), "svg");
}

export async function savePng(scene, drawing) {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || isDark();
  const source = text(scene, drawing, dark ? "dark" : "light");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const { w, h } = sizeOf(scene);
  const scale = Math.min(2, LARGEST_SIDE / Math.max(w, h), Math.sqrt(LARGEST_AREA / (w * h)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  download(await new Promise((done) => canvas.toBlob(done, "image/png")), "png");
}

function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function sizeOf(scene) {
  const { w, h } = scene.bounds;
  return { w: Math.ceil(w + 2 * MARGIN), h: Math.ceil(h + 2 * MARGIN) };
}

// `theme`: only that one; else the one of whoever looks at the file.
function text(scene, drawing, theme) {
  const { x, y } = scene.bounds;
  const { w, h } = sizeOf(scene);
  const root = svg("svg", {
    class: "dg",
    viewBox: `${x - MARGIN} ${y - MARGIN} ${w} ${h}`,
    width: w,
    height: h,
    role: "img",
    "aria-label": drawing.title,
  });
  const painter = new Painter(root, scene);
  // As large as it is, with everything in sight.
  painter.follow({ k: 1, transform: "scale(1)", sight: { x, y, w, h } });
  for (const one of root.querySelectorAll("[tabindex]")) {
    for (const name of ["tabindex", "role", "data-id"]) one.removeAttribute(name);
  }
  root.prepend(
    svg("title", {}, drawing.title),
    svg("style", {}, styles(theme)),
    svg("rect", { class: "paper", x: x - MARGIN, y: y - MARGIN, width: w, height: h }),
  );
  return new XMLSerializer().serializeToString(root);
}

function styles(theme) {
  const rules = ownRules();
  if (theme) return resolved(rules, theme);
  const dark = resolved(rules, "dark");
  return `${resolved(rules, "light")}\n@media (prefers-color-scheme: dark) {\n${dark}\n}`;
}

// The page's own rules for drawings, which use colours by name only.
function ownRules() {
  return [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .flatMap((rule) => (rule.cssRules ? [rule, ...rule.cssRules] : [rule]))
    .filter(({ selectorText: one }) => one?.startsWith(".dg") && !one.includes(":"))
    .map(({ cssText }) => cssText)
    .join("\n");
}

function resolved(rules, theme) {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.colorScheme = theme;
  document.body.append(probe);
  const all = getComputedStyle(document.documentElement);
  const values = new Map();
  const text = rules.replace(/var\((--[\w-]+)\)/g, (_, name) => {
    if (!values.has(name)) {
      probe.style.color = "";
      probe.style.color = `var(${name})`;
      const isColour = CSS.supports("color", all.getPropertyValue(name).trim());
      values.set(
        name,
        isColour ? getComputedStyle(probe).color : all.getPropertyValue(name).trim(),
      );
    }
    return values.get(name);
  });
  probe.remove();
  return text;
}

function download(blob, suffix) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${document.body.dataset.workspace}-models.${suffix}`;
  link.click();
  // The download has begun by then, also where the window asks for a place first.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
