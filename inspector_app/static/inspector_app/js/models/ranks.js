// Ranks of a graph, each edge leading to a later one: quickly, without an order inside them.

const SWEEPS = 4;

// Answers the rank of each id; edges that close a circle are passed over.
export function ranksOf(ids, links) {
  const out = new Map(ids.map((id) => [id, []]));
  const into = new Map(ids.map((id) => [id, []]));
  for (const { a, b } of forward(ids, links)) {
    out.get(a).push(b);
    into.get(b).push(a);
  }
  const order = sorted(ids, out, into);
  const rank = new Map();
  const after = (id) => Math.max(0, ...into.get(id).map((one) => rank.get(one) + 1));
  for (const id of order) rank.set(id, after(id));
  const last = Math.max(...rank.values());
  // What has room goes to the side where most of its edges lead.
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const id of sweep % 2 ? order : [...order].reverse()) {
      const latest = Math.min(last, ...out.get(id).map((one) => rank.get(one) - 1));
      rank.set(id, out.get(id).length >= into.get(id).length ? latest : after(id));
    }
  }
  return rank;
}

// The edges without those that lead back to where a walk came from.
function forward(ids, links) {
  const next = Map.groupBy(links, ({ a }) => a);
  const state = new Map();
  const kept = [];
  for (const start of ids) {
    if (state.has(start)) continue;
    const walk = [[start, 0]];
    state.set(start, "open");
    while (walk.length) {
      const step = walk.at(-1);
      const link = next.get(step[0])?.[step[1]];
      step[1] += 1;
      if (!link) {
        state.set(step[0], "done");
        walk.pop();
      } else if (state.get(link.b) !== "open") {
        kept.push(link);
        if (!state.has(link.b)) {
          state.set(link.b, "open");
          walk.push([link.b, 0]);
        }
      }
    }
  }
  return kept;
}

function sorted(ids, out, into) {
  const left = new Map(ids.map((id) => [id, into.get(id).length]));
  const order = ids.filter((id) => left.get(id) === 0);
  for (let at = 0; at < order.length; at += 1) {
    for (const id of out.get(order[at])) {
      left.set(id, left.get(id) - 1);
      if (left.get(id) === 0) order.push(id);
    }
  }
  return order;
}
