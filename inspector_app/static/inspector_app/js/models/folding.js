// A layout in ranks that is far too tall or wide for a window is folded: ranks with many boxes get
// several lanes side by side.

const LANE_GAP = 44;
const SWEEPS = 3;
const TRIES = 14;

// boxes: {id, w, h, x, y} as dagre has put them; the ranks lead down or to the right. Answers
// {places, w, h}, or null where the layout is not much worse than the best that can be had.
export function folded(boxes, links, { down, aspect, gap, rankGap, w, h }) {
  // u is the direction in which ranks follow each other, v the one in which they extend.
  const nodes = boxes.map((box) =>
    down
      ? { box, u: box.y + box.h / 2, v: box.x, thick: box.h, long: box.w }
      : { box, u: box.x + box.w / 2, v: box.y, thick: box.w, long: box.h },
  );
  const ranks = [...Map.groupBy(nodes, ({ u }) => Math.round(u))]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => members.sort((a, b) => a.v - b.v));
  const cost = (width, height) => Math.max(width / aspect, height);
  const sized = (deep, extent) => (down ? cost(extent, deep) : cost(deep, extent));
  const most = Math.max(...ranks.map((rank) => extentOf(rank, gap)));
  const least = Math.max(...nodes.map(({ long }) => long));
  let best = null;
  for (let at = 0; at < TRIES; at += 1) {
    const limit = least * (most / least) ** (at / (TRIES - 1));
    const lanes = ranks.map((rank) => lanesOf(rank, limit, gap));
    const deep =
      lanes.flat().reduce((sum, lane) => sum + thickness(lane), 0) +
      lanes.reduce((sum, rank) => sum + (rank.length - 1) * LANE_GAP, 0) +
      (ranks.length - 1) * rankGap;
    const extent = Math.max(...lanes.flat().map((lane) => extentOf(lane, gap)));
    const price = sized(deep, extent);
    if (!best || price < best.price) best = { price, lanes, deep, extent };
  }
  if (cost(w, h) < best.price * 1.4) return null;
  return placed(best, links, { down, gap, rankGap });
}

const thickness = (lane) => Math.max(...lane.map(({ thick }) => thick));
const extentOf = (lane, gap) => lane.reduce((sum, { long }) => sum + long + gap, -gap);

// As few lanes as the limit allows, of about the same length.
function lanesOf(rank, limit, gap) {
  const count = Math.ceil((extentOf(rank, gap) + gap) / (limit + gap) - 0.001);
  const share = (extentOf(rank, gap) + gap) / count;
  const lanes = [[]];
  let filled = 0;
  for (const node of rank) {
    if (filled + node.long / 2 > share * lanes.length && lanes.at(-1).length) lanes.push([]);
    lanes.at(-1).push(node);
    filled += node.long + gap;
  }
  return lanes;
}

function placed({ lanes, deep, extent }, links, { down, gap, rankGap }) {
  let u = 0;
  for (const rank of lanes) {
    for (const lane of rank) {
      const thick = thickness(lane);
      let v = (extent - extentOf(lane, gap)) / 2;
      for (const node of lane) {
        Object.assign(node, { u: u + (thick - node.thick) / 2, v });
        v += node.long + gap;
      }
      u += thick + LANE_GAP;
    }
    u += rankGap - LANE_GAP;
  }
  const flat = lanes.flat();
  const near = neighbours(flat.flat(), links);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const lane of sweep % 2 ? [...flat].reverse() : flat) settle(lane, near, extent, gap);
  }
  const places = Object.fromEntries(
    flat
      .flat()
      .map(({ box, u: along, v: across }) => [box.id, down ? [across, along] : [along, across]]),
  );
  return down ? { places, w: extent, h: deep } : { places, w: deep, h: extent };
}

function neighbours(nodes, links) {
  const byId = new Map(nodes.map((node) => [node.box.id, node]));
  const near = new Map(nodes.map((node) => [node, []]));
  for (const { a, b } of links) {
    near.get(byId.get(a)).push(byId.get(b));
    near.get(byId.get(b)).push(byId.get(a));
  }
  return near;
}

// Each box as level with what it is connected to as the others of its lane let it.
function settle(lane, near, extent, gap) {
  const wish = (node) => {
    const others = near.get(node);
    const sum = others.reduce((total, { v, long }) => total + v + long / 2, 0);
    return others.length ? sum / others.length - node.long / 2 : node.v;
  };
  const wishes = new Map(lane.map((node) => [node, wish(node)]));
  lane.sort((a, b) => wishes.get(a) - wishes.get(b));
  let end = 0;
  for (const node of lane) {
    node.v = Math.max(end, wishes.get(node));
    end = node.v + node.long + gap;
  }
  let limit = extent;
  for (const node of [...lane].reverse()) {
    node.v = Math.min(node.v, limit - node.long);
    limit = node.v - gap;
  }
}
