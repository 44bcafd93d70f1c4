// A search field that leaves of a list what holds its words; data-filters is the list's id. What is
// checked stays in sight.

function filter({ dataset, value }) {
  const list = document.getElementById(dataset.filters);
  const words = value.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = list.matches("[data-group]") ? [list] : list.querySelectorAll("[data-group]");
  let left = 0;
  for (const group of groups) {
    let shown = 0;
    for (const item of group.querySelectorAll("[data-item]")) {
      const text = (item.dataset.item || item.textContent).toLowerCase();
      const wanted = words.every((word) => text.includes(word));
      item.hidden = !(wanted || item.querySelector("input:checked"));
      if (!item.hidden) shown += 1;
    }
    if (group !== list) group.hidden = shown === 0;
    left += shown;
  }
  const none = list.querySelector("[data-none]");
  if (none) none.hidden = left > 0;
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.filters) filter(target);
});
