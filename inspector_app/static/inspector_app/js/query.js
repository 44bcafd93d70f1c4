// What a page shows stands in its address: a page that is read again, or gone back to, shows it.

export function keepInQuery(values) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  history.replaceState(history.state, "", text ? `?${text}` : location.pathname);
}

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
