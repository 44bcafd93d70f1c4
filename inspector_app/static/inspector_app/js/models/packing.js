// Rectangles side by side without overlap: each goes where the skyline is lowest.

// Some widths are tried; the one whose outcome fits a window best is taken.
const WIDER = [1, 1.2, 1.45, 1.75];

// Answers the place of each part, in the order of `parts` ({w, h}); `aspect` is width by height.
export function pack(parts, aspect, gap) {
  const area = parts.reduce((sum, { w, h }) => sum + (w + gap) * (h + gap), 0);
  const widest = Math.max(0, ...parts.map(({ w }) => w + gap));
  let best;
  for (const factor of WIDER) {
    const limit = Math.max(widest, Math.sqrt(area * aspect) * factor);
    const { places, width, height } = packedInto(limit, parts, gap);
    const size = Math.max(width / aspect, height);
    if (!best || size < best.size) best = { places, size };
  }
  return best.places;
}

function packedInto(limit, parts, gap) {
  const places = [];
  let [width, height] = [0, 0];
  let skyline = [{ x: 0, y: 0, w: limit }];
  const order = parts.map((_, index) => index).sort((a, b) => parts[b].h - parts[a].h || a - b);
  for (const index of order) {
    const { w, h } = parts[index];
    const [x, y] = lowest(skyline, w + gap, limit);
    places[index] = [x, y];
    [width, height] = [Math.max(width, x + w), Math.max(height, y + h)];
    skyline = raised(skyline, x, w + gap, y + h + gap);
  }
  return { places, width, height };
}

function lowest(skyline, width, limit) {
  let best = null;
  skyline.forEach(({ x }, start) => {
    if (x + width > limit + 0.01) return;
    let y = 0;
    for (let at = start; at < skyline.length && skyline[at].x < x + width - 0.01; at += 1) {
      y = Math.max(y, skyline[at].y);
    }
    if (!best || y < best[1]) best = [x, y];
  });
  return best ?? [0, Math.max(...skyline.map(({ y }) => y))];
}

function raised(skyline, x, width, y) {
  const end = x + width;
  const next = [];
  for (const part of skyline) {
    const stop = part.x + part.w;
    if (stop <= x || part.x >= end) {
      next.push(part);
      continue;
    }
    if (part.x < x) next.push({ ...part, w: x - part.x });
    if (stop > end) next.push({ x: end, y: part.y, w: stop - end });
  }
  next.push({ x, y, w: width });
  return next.sort((a, b) => a.x - b.x);
}
