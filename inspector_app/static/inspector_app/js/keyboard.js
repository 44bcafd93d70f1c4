// Turns keys into commands of the registry.
import { commands } from "./commands.js";

const MAC = navigator.platform.startsWith("Mac");

function pressed(event) {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // Signs such as / need Shift on some keyboards; what they are is said by the sign itself.
  const shift = event.shiftKey && /^([a-z]|..+)$/.test(key);
  return `${mod ? "Mod+" : ""}${shift ? "Shift+" : ""}${key}`;
}

function typing({ target }) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

function leaveFilter(event) {
  const field = event.target;
  if (event.key !== "Escape" || field.dataset?.key !== "filter") return;
  if (!field.value) field.blur();
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  leaveFilter(event);
  if (event.altKey || event.defaultPrevented) return;
  const keys = pressed(event);
  if (!keys.startsWith("Mod+") && event.key.length === 1 && typing(event)) return;
  // One key may do one thing on one page and another on the next.
  const found = commands.find(({ keys: own, can }) => own === keys && (!can || can()));
  if (!found) return;
  event.preventDefault();
  found.run();
});
