// The values of the command form, by parameter name. Empty ones are left out.

const words = (text) => text.split(/\s+/).filter(Boolean);

const read = {
  flag: (control) => control.querySelector("input").checked || undefined,
  choices: (control) => [...control.querySelectorAll("input:checked")].map((box) => box.value),
  words: (control) => words(control.querySelector("input").value),
  integer: (control) => {
    const chosen = control.querySelector("input:checked")?.value;
    return chosen ? Number(chosen) : undefined;
  },
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

// In seconds; what is no number is sent as it is and refused with a sentence.
export function timeout(form) {
  const text = form.elements.timeout.value.trim();
  const number = Number(text.replace(",", "."));
  return text && !Number.isNaN(number) ? number : text || undefined;
}
