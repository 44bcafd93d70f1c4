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
