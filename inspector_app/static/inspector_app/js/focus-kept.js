// A part of the page that is replaced may take the focus with it: then the region has it that is left
// around it, not nothing.
let regions = [];

const nowhere = () => document.activeElement === document.body;

document.addEventListener("htmx:beforeSwap", () => {
  const all = nowhere() ? [] : [...document.querySelectorAll("[data-region]")];
  regions = all.filter((region) => region.contains(document.activeElement)).reverse();
});
document.addEventListener("htmx:afterSettle", () => {
  if (nowhere()) regions.find(({ isConnected }) => isConnected)?.focus({ preventScroll: true });
});
