// Turns keys, and what is chosen in the window's menu bar, into commands of the registry.
import { commandFor, runCommand } from "./commands.js";

const MAC = navigator.platform.startsWith("Mac");

function pressed(event) {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // Signs such as / need Shift on some keyboards; what they are is said by the sign itself.
  const shift = event.shiftKey && /^([a-z]|..+)$/.test(key);
  return `${mod ? "Mod+" : ""}${shift ? "Shift+" : ""}${key}`;
}

// A field keeps the focus for a moment after the dialog around it is closed.
function typing({ target }) {
  const field = target.closest?.("input, textarea, select, [contenteditable]");
  return field && (field.checkVisibility?.() ?? true);
}

// Speech input and slips of the hand press them by accident (WCAG 2.1.4).
const singlesOff = () => document.documentElement.dataset.singleKeys === "off";

function leaveFilter(event) {
  const field = event.target;
  if (event.key !== "Escape" || field.dataset?.key !== "filter") return;
  if (!field.value) field.blur();
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// What is modal has the keyboard for itself.
const modal = () => document.querySelector("dialog:modal");

addEventListener("djdesk:command", ({ detail }) => modal() || runCommand(detail));

document.addEventListener("keydown", (event) => {
  leaveFilter(event);
  if (event.altKey || event.defaultPrevented) return;
  const keys = pressed(event);
  if (!keys.startsWith("Mod+") && event.key.length === 1 && (typing(event) || singlesOff())) return;
  if (modal()) return;
  const found = commandFor(keys);
  if (!found) return;
  event.preventDefault();
  found.run(keys);
});
