// What went wrong, said on the page: sentence, next step, and choices where there are some.
import { button, element } from "./element.js";
import { openPath } from "./open.js";

const region = () => document.getElementById("alerts");

export function clearAlerts() {
  region()?.replaceChildren();
}

export function showNote(text) {
  region()?.replaceChildren(element("div", "note", element("span", "grow", text)));
}

export function showProblem(problem) {
  const words = element("div", "grow", element("strong", "", problem.message));
  if (problem.hint) words.append(` ${problem.hint}`);
  if (problem.choices?.length) words.append(choices(problem.choices));
  const note = element("div", "note err", words);
  note.append(button("btn ghost small", "Dismiss", () => note.remove()));
  region()?.replaceChildren(note);
}

function choices(offered) {
  const buttons = offered.map(({ label, value }) => {
    const made = button("btn small", label, () => openPath(value));
    made.title = value;
    return made;
  });
  const list = element("div", "options", ...buttons);
  list.role = "group";
  list.ariaLabel = "Projects found";
  return list;
}
