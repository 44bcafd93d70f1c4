// What a page shows, and what is typed there, stands in its address: a page that is read again, gone
// back to, or opened by the engine that takes the place of one that died, shows it.

// Beside what is asked for in `query`.
export function keepInQuery(values, query = new URLSearchParams(location.search)) {
  for (const [name, value] of Object.entries(values)) {
    query.delete(name);
    for (const one of [value].flat()) if (one || one === 0) query.append(name, one);
  }
  const text = query.toString();
  history.replaceState(history.state, "", text ? `?${text}` : location.pathname);
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("input[data-keeps]")) keepInQuery({ [target.name]: target.value });
});

// A link to another way of showing the same keeps what is asked for meanwhile.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-keep-query]");
  if (!link) return;
  const [name, value] = link.dataset.keepQuery.split("=");
  const query = new URLSearchParams(location.search);
  if (value) query.set(name, value);
  else query.delete(name);
  link.search = query.toString();
});
