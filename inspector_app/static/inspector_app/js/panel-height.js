// Dragging the upper edge of the run panel, or moving it by the arrow keys.
import { setPanelHeight } from "./window-state.js";

const LEAST = 96;
const STEP = 24;
const STATUS_BAR = 24;

const grip = document.querySelector("[data-grip]");
const panel = document.querySelector("run-panel");

function resize(height) {
  const most = innerHeight * 0.7;
  const kept = Math.min(Math.max(height, LEAST), most);
  setPanelHeight(kept);
  grip.ariaValueNow = String(Math.round(kept));
  grip.ariaValueMax = String(Math.round(most));
}

grip?.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  grip.onpointermove = ({ clientY }) => resize(innerHeight - STATUS_BAR - clientY);
  grip.onlostpointercapture = () => {
    grip.onpointermove = null;
  };
});

grip?.addEventListener("keydown", (event) => {
  const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
  if (!step) return;
  event.preventDefault();
  resize(panel.offsetHeight + step);
});
