// Ranks with many boxes get several lanes side by side, where a layout in plain ranks would be far
// too tall or too wide for a window.
import { ranksOf } from "./ranks.js";

const LANE_GAP = 44;
const SWEEPS = 4;
const TRIES = 14;
// How much worse than the best that can be had plain ranks may be, which lead lines around boxes.
const WORSE = 1.5;
// So many ranks may become one where there are far more than a window has room for. It costs: what
// is connected then stands beside each other.
const MERGED = [1, 2, 3, 4, 6];
const MERGING = 0.25;
// What a line takes of each rank that it passes through.
const PASSING = 16;

// boxes: {id, w, h}; the ranks lead down or to the right. Answers {places, w, h}, or null where
// plain ranks will do.
export function folded(boxes, links, look) {
  const { down, aspect, gap, rankGap } = look;
  // `long` is how much of its rank a box takes, `thick` how deep the rank has to be for it.
  const nodes = boxes.map((box) => {
    const [thick, long] = down ? [box.h, box.w] : [box.w, box.h];
    return { box, thick, long };
  });
  const rank = ranksOf(
    boxes.map(({ id }) => id),
    links,
  );
  const price = (deep, extent) =>
    down ? Math.max(extent / aspect, deep) : Math.max(deep / aspect, extent);
  const ranks = grouped(nodes, rank, 1);
  const extents = ranks.map((members) => extentOf(members, gap));
  const least = Math.max(...nodes.map(({ long }) => long));
  let best = null;
  for (const merged of MERGED) {
    const rows = merged === 1 ? ranks : grouped(nodes, rank, merged);
    const most = Math.max(...rows.map((members) => extentOf(members, gap)));
    for (let at = 0; at < TRIES; at += 1) {
      const limit = least * (most / least) ** (at / (TRIES - 1));
      const lanes = rows.map((members) => lanesOf(members, limit, gap));
      const deep = depthOf(lanes, rankGap);
      const extent = Math.max(...lanes.flat().map((lane) => extentOf(lane, gap)));
      const cost = price(deep, extent) * (1 + MERGING * (merged - 1));
      if (!best || cost < best.cost) best = { cost, lanes, deep, extent };
    }
  }
  const passing = passingThrough(rank, links, ranks.length);
  const plain = Math.max(...extents.map((extent, at) => extent + passing[at] * PASSING));
  if (
    price(
      depthOf(
        ranks.map((members) => [members]),
        rankGap,
      ),
      plain,
    ) <
    best.cost * WORSE
  ) {
    return null;
  }
  return placed(best, links, look);
}

function grouped(nodes, rank, merged) {
  return [...Map.groupBy(nodes, ({ box }) => Math.floor(rank.get(box.id) / merged))]
    .sort(([one], [other]) => one - other)
    .map(([, members]) => members);
}

function depthOf(lanes, rankGap) {
  const thick = lanes.flat().reduce((sum, lane) => sum + thickness(lane), 0);
  const gaps = lanes.reduce((sum, { length }) => sum + (length - 1) * LANE_GAP, 0);
  return thick + gaps + (lanes.length - 1) * rankGap;
}

function passingThrough(rank, links, count) {
  const passing = new Array(count).fill(0);
  for (const { a, b } of links) {
    const [from, to] = [rank.get(a), rank.get(b)].sort((one, other) => one - other);
    for (let at = from + 1; at < to; at += 1) passing[at] += 1;
  }
  return passing;
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
