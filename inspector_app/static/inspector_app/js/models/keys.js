// Keys while a box has the focus: move to another, open it, leave.

const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

// `map` is told: step(direction), opened(id), select(id), leave().
export function listenToKeys(surface, map) {
  surface.addEventListener("keydown", (event) => {
    const id = event.target.closest(".box")?.dataset.id;
    if (!id || event.ctrlKey || event.altKey || event.metaKey) return;
    const acts = {
      Enter: () => map.opened(id),
      " ": () => map.select(id),
      Escape: () => map.leave(),
    };
    const direction = DIRECTIONS[event.key];
    const act = direction ? () => map.step(direction) : acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}
