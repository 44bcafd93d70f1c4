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

// A click before the page's scripts listen is kept and done once they do, instead of being lost.
{
  const buttons = ["action", "post", "invoke", "remove", "locate", "log"];
  const listening = `${buttons.map((name) => `button[data-${name}]`)}, form[data-form] [type="submit"]`;
  let kept = null;
  const keep = (event) => {
    const button = event.target.closest(listening);
    if (!button) return;
    event.preventDefault();
    kept = button;
  };
  addEventListener("click", keep, true);
  addEventListener(
    "djdesk:ready",
    () => {
      removeEventListener("click", keep, true);
      kept?.click();
    },
    { once: true },
  );
}
