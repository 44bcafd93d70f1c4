// Parts of the page follow the engine: the page is asked for again, and those parts of it that
// changed take the place of the old ones. Which parts: hx-select-oob in shell.html.

const GATHER_MS = 120;

let pending;
let due = Number.POSITIVE_INFINITY;

// Several events in a row ask for one page.
export function refresh(wait = GATHER_MS) {
  const at = performance.now() + wait;
  if (at >= due) return;
  clearTimeout(pending);
  due = at;
  pending = setTimeout(() => {
    due = Number.POSITIVE_INFINITY;
    document.body.dispatchEvent(new CustomEvent("djdesk:refresh"));
  }, wait);
}

const isRefresh = ({ detail }) => detail.elt.matches("[data-refresh]");

// What a person asked for and waits for.
const asked = new Set();
document.addEventListener("htmx:beforeSend", (event) => {
  if (isRefresh(event)) return;
  const { xhr } = event.detail;
  asked.add(xhr);
  // However it ends, and wherever the element is by then that asked.
  xhr.addEventListener("loadend", () => asked.delete(xhr));
});

// A refresh steps back behind that: it would take the link away whose answer is on its way, without
// which htmx does not know where that belongs. And once another row is chosen, what was asked for
// at the address before would put the old one back.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isRefresh(event) || (!asked.size && isHere(event.detail.pathInfo.requestPath))) return;
  event.preventDefault();
  refresh();
});

function isHere(address) {
  const { pathname, search } = new URL(address, location.href);
  return pathname === location.pathname && search === location.search;
}

// Prevented, not only told not to swap: htmx would still say that it has swapped.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const arriving = fragment.firstElementChild;
  if (!arriving) return;
  // It never changes again, and holds what somebody has opened.
  const final = target.hasAttribute("data-final");
  if (!final) keepInput(target, arriving);
  if (final || target.isEqualNode(arriving)) event.preventDefault();
});

function keepInput(old, arriving) {
  for (const field of old.querySelectorAll("input[id],textarea[id]")) {
    const twin = arriving.querySelector(`#${CSS.escape(field.id)}`);
    if (!twin) continue;
    twin.checked = field.checked;
    if (field.type === "textarea") twin.value = field.value;
  }
  for (const fold of old.querySelectorAll("details[id][open]")) {
    const twin = arriving.querySelector(`#${CSS.escape(fold.id)}`);
    if (twin) twin.open = true;
  }
}

// The workspace of this page was removed meanwhile.
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 404) location.assign("/");
});
