// What went wrong, said on the page: sentence, next step, and choices where there are some.
import { openPath } from "./open.js";

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

export function clearAlerts() {
  document.getElementById("alerts")?.replaceChildren();
}

export function showProblem(problem) {
  const region = document.getElementById("alerts");
  if (!region) return;
  const note = element("div", "note err bar");
  const words = element("div", "grow");
  words.append(element("strong", "", problem.message), ` ${problem.hint ?? ""}`);
  if (problem.choices?.length) {
    const list = element("ul", "");
    for (const choice of problem.choices) {
      const item = element("li", "");
      const button = element("button", "btn small", choice.label);
      button.type = "button";
      button.addEventListener("click", () => openPath(choice.value));
      item.append(button);
      list.append(item);
    }
    words.append(list);
  }
  const close = element("button", "btn ghost small", "Dismiss");
  close.type = "button";
  close.addEventListener("click", () => note.remove());
  note.append(words, close);
  region.replaceChildren(note);
}
