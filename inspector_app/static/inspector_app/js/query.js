// What a page shows, and what is typed there, stands in its address: a page that is read again, gone
// back to, or opened by the engine that takes the place of one that died, shows it.

const RETRY_MS = 1000;
// The engine takes no request with a longer one.
const LONGEST = 60_000;
let waiting;
let retry;

// Beside what is asked for already.
export function keepInQuery(values) {
  const query = new URLSearchParams(waiting ?? location.search);
  const before = String(query);
  for (const [name, value] of Object.entries(values)) {
    query.delete(name);
    for (const one of [value].flat()) if (one || one === 0) query.append(name, one);
  }
  if (String(query) === before || String(query).length > LONGEST) return;
  waiting = String(query);
  write();
}

function write() {
  clearTimeout(retry);
  try {
    history.replaceState(history.state, "", waiting ? `?${waiting}` : location.pathname);
    waiting = undefined;
  } catch {
    // WebKit takes a hundred addresses in ten seconds; a key that is held makes more.
    retry = setTimeout(write, RETRY_MS);
  }
}

export const inQuery = (name) => new URLSearchParams(location.search).get(name) ?? "";

document.addEventListener("input", ({ target }) => {
  if ("keeps" in target.dataset) keepInQuery({ [target.name]: target.value });
});

// What the engine does not write into a field by itself. Whoever typed there goes on typing.
function restore(part) {
  let first;
  for (const field of part.querySelectorAll("input[data-keeps], textarea[data-keeps]")) {
    const typed = inQuery(field.name);
    if (!typed || typed === field.value) continue;
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.value = typed;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    first ??= field;
    // The browser sees no change in what no key was pressed in.
    const left = () => field.dispatchEvent(new Event("change", { bubbles: true }));
    field.addEventListener("blur", left, { once: true });
    field.addEventListener("change", () => field.removeEventListener("blur", left), { once: true });
  }
  // To go on to another would leave this one, which saves it.
  first?.focus();
}

addEventListener("djdesk:ready", () => {
  restore(document);
  document.addEventListener("htmx:load", ({ detail }) => restore(detail.elt));
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
