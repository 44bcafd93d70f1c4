// A part of the page that is replaced may take the focus with it: then its region has it, not nothing.
let region;

const nowhere = () => document.activeElement === document.body;

document.addEventListener("htmx:beforeSwap", () => {
  region = nowhere() ? null : document.activeElement.closest("[data-region]");
});
document.addEventListener("htmx:afterSettle", () => {
  if (nowhere()) region?.focus({ preventScroll: true });
});
