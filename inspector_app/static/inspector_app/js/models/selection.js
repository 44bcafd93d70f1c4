// What is selected: shown in the pane beside, kept in the address and in links of the page.
import { inQuery, keepInQuery } from "../query.js";

const pane = () => document.getElementById("models-facts");

export function selected() {
  return inQuery("sel");
}

export function withSelection(query, id) {
  const parameters = new URLSearchParams(query);
  if (id) parameters.set("sel", id);
  else parameters.delete("sel");
  return `?${parameters}`;
}

export function keepSelected(id) {
  if (id === selected()) return;
  keepInQuery({ sel: id });
  for (const link of document.querySelectorAll("a[data-keep]")) {
    link.href = withSelection(link.search, id);
  }
  showFacts(withSelection(location.search, id));
}

// The newest request wins: hx-sync on the pane.
function showFacts(query) {
  htmx.ajax("get", `facts/${query}`, { source: pane(), target: pane(), swap: "innerHTML" });
}
