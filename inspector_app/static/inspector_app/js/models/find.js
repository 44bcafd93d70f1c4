// Search over apps, models and fields; choosing one flies to it, or goes to the view that has it.
import { showProblem } from "../alerts.js";
import { get } from "../api.js";
import { element } from "../element.js";
import { keepInQuery } from "../query.js";

const PAUSE_MS = 90;
const WHAT = { app: "app", model: "model", field: "field" };

export function listenToSearch(field, list, choose) {
  let found = [];
  let at = -1;
  let pause;
  let asked = 0;

  function show(entries) {
    found = entries;
    list.replaceChildren(...entries.map(option));
    list.hidden = entries.length === 0;
    field.ariaExpanded = String(!list.hidden);
    mark(entries.length ? 0 : -1);
  }

  function mark(next) {
    list.children[at]?.removeAttribute("aria-selected");
    at = next;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const number = ++asked;
    const text = field.value.trim();
    if (!text) {
      show([]);
      return;
    }
    const query = new URLSearchParams(location.search);
    query.set("q", text);
    try {
      const answer = await get(
        `/api/workspaces/${document.body.dataset.workspace}/models/find/?${query}`,
      );
      if (number !== asked) return;
      if (answer.found.length) show(answer.found);
      else none();
    } catch (error) {
      showProblem(error);
    }
  }

  function none() {
    show([]);
    const row = element("li", "dim", "Nothing found");
    row.role = "option";
    row.ariaDisabled = "true";
    list.replaceChildren(row);
    list.hidden = false;
  }

  function take(index) {
    const entry = found[index];
    if (!entry) return;
    field.value = "";
    keepInQuery({ [field.name]: "" });
    show([]);
    choose(entry);
  }

  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      mark((at + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(at);
    }
  });
  field.addEventListener("blur", () => show([]));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const chosen = event.target.closest("[role=option]");
    if (chosen) take([...list.children].indexOf(chosen));
  });
}

function option({ what, name, of }, index) {
  const row = element(
    "li",
    "",
    element("span", "mono cut", name),
    element("span", "dim small cut grow", of),
    element("span", "n", WHAT[what]),
  );
  row.role = "option";
  row.id = `found-${index}`;
  return row;
}
