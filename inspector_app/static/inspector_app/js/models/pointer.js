// Pointer and wheel on a drawing: pan, zoom, move a box, select it.

const DRAG = 4;
const WHEEL = 0.0016;

// `map` is told: pressed(id), dragged(id, dx, dy) in screen pixels, dropped(id), opened(id).
export function listenToPointer(surface, camera, map) {
  let press = null;

  const boxAt = ({ target }) => target.closest?.(".box")?.dataset.id ?? "";

  surface.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    // A box takes the focus itself; the background does not take it away.
    if (!boxAt(event)) event.preventDefault();
    press = {
      id: event.button === 1 ? "" : boxAt(event),
      x: event.clientX,
      y: event.clientY,
      moving: false,
    };
  });

  addEventListener("pointermove", (event) => {
    if (!press) return;
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
    if (!press.moving && Math.hypot(dx, dy) < DRAG) return;
    if (!press.moving) surface.setPointerCapture(event.pointerId);
    Object.assign(press, { moving: true, x: event.clientX, y: event.clientY });
    surface.classList.add("moving");
    if (press.id) map.dragged(press.id, dx, dy);
    else camera.pan(dx, dy);
  });

  const end = (event) => {
    if (!press) return;
    surface.classList.remove("moving");
    if (press.moving && press.id) map.dropped(press.id);
    else if (!press.moving && event.type === "pointerup") map.pressed(press.id);
    press = null;
  };
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);

  surface.addEventListener("dblclick", (event) => {
    const id = boxAt(event);
    if (id) map.opened(id);
  });

  surface.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        camera.pan(-(event.deltaX || event.deltaY), 0);
        return;
      }
      const { left, top } = surface.getBoundingClientRect();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
      // A pinch of a touch pad arrives as a small turn of the wheel with Ctrl.
      const by = -event.deltaY * lines * WHEEL * (event.ctrlKey ? 6 : 1);
      camera.zoom(Math.exp(by), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
}
