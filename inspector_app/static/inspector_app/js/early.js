// Runs before the first paint: what this window looked like on the page before.
{
  const root = document.documentElement;
  for (const part of ["sidebar", "panel"]) {
    const state = sessionStorage.getItem(part);
    if (state) root.dataset[part] = state;
  }
  const height = sessionStorage.getItem("panel-height");
  if (height) root.style.setProperty("--panel-height", `${height}px`);
}
