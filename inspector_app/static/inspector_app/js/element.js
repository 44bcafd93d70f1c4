// Elements made by scripts; text is only ever set as text.

export function element(name, className = "", ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function button(className, label, run) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}
