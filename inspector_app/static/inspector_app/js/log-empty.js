// What stands in a log without a line.
import { element } from "./element.js";

export function showEmpty(view) {
  const shown = view.querySelector(".nolog");
  if (view.total > 0) {
    shown?.remove();
    return;
  }
  const end = view.dataset.ended ? `No output, ${view.dataset.ended}` : "No output";
  const text = view.active ? "No output yet" : end;
  if (shown) shown.textContent = text;
  else view.prepend(element("p", "nolog", text));
}
