// The values of the command form, by parameter name. Empty ones are left out.

const words = (text) => text.split(/\s+/).filter(Boolean);

const checked = (control) => [...control.querySelectorAll("input:checked")].map((box) => box.value);

const withOthers = (control) => [
  ...checked(control),
  ...words(control.querySelector("[data-others]").value),
];

const read = {
  flag: (control) => control.querySelector("input").checked || undefined,
  choices: checked,
  models: withOthers,
  tags: withOthers,
  words: (control) => words(control.querySelector("input").value),
  integer: (control) => {
    const chosen = control.querySelector("input:checked")?.value;
    return chosen ? Number(chosen) : undefined;
  },
  number: (control) => number(control.querySelector("input").value),
  choice: (control) => control.querySelector("select").value || undefined,
  migration: (control) => migration(control).value.trim() || undefined,
  text: (control) => control.querySelector("input").value.trim() || undefined,
};

function migration(control) {
  return control.querySelector("[data-listed]").hidden
    ? control.querySelector("input")
    : control.querySelector("select");
}

export function values(form) {
  const found = {};
  for (const control of form.querySelectorAll("[data-kind]")) {
    const value = read[control.dataset.kind](control);
    if (value !== undefined && value.length !== 0) found[control.dataset.name] = value;
  }
  return found;
}

// In seconds.
export const timeout = (form) => number(form.elements.timeout.value);

// What is no number is sent as it is and refused with a sentence.
function number(typed) {
  const text = typed.trim();
  const value = Number(text.replace(",", "."));
  return text && !Number.isNaN(value) ? value : text || undefined;
}
