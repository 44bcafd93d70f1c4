// What is typed while the palette still loads goes into it, instead of being keys of the page.
import { inQuery } from "./query.js";

export async function openPalette() {
  let typed = inQuery("palette");
  const keep = (event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed += event.key;
  };
  addEventListener("keydown", keep, true);
  try {
    await (await import("./palette.js")).open(() => typed);
  } finally {
    removeEventListener("keydown", keep, true);
  }
}

// Somebody was typing in it when the engine was lost.
addEventListener("djdesk:ready", () => inQuery("palette") && openPalette());
