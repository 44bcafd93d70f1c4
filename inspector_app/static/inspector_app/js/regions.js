// F6 goes round the parts of the window.

export function nextRegion(step) {
  const regions = [...document.querySelectorAll("[data-region]")].filter(
    (region) => region.checkVisibility?.() ?? region.offsetParent !== null,
  );
  if (!regions.length) return;
  const inside = regions.map((region) => region.contains(document.activeElement));
  // The innermost one, where regions lie in each other.
  const now = inside.lastIndexOf(true);
  const next = now < 0 ? 0 : (now + step + regions.length) % regions.length;
  regions[next].focus();
}
