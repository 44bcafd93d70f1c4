// Arrow keys move between the links of a list or the rows of a table.

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("[data-arrows]");
  if (!list || event.ctrlKey || event.altKey || event.metaKey) return;
  const links = [...list.querySelectorAll("a")].filter(
    (link) => link.checkVisibility?.() ?? link.offsetParent !== null,
  );
  const now = links.indexOf(event.target);
  const next = { Home: 0, End: links.length - 1 }[event.key] ?? now + (STEPS[event.key] ?? 0);
  if (now < 0 || next === now || !links[next]) return;
  event.preventDefault();
  links[next].focus();
});
