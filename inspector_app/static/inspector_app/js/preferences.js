// What the user prefers: applied at once, kept by the engine, refused at the field that is wrong.
import { showProblem } from "./alerts.js";
import { announce } from "./announce.js";
import { post } from "./api.js";
import { keepInQuery } from "./query.js";
import { refresh } from "./refresh.js";

const { dataset } = document.documentElement;

const apply = {
  theme: (value) => set("theme", value === "system" ? "" : value),
  density: (value) => set("density", value),
  motion: (value) => set("motion", value === "system" ? "" : value),
  single_keys: (on) => set("singleKeys", on ? "" : "off"),
  editor: (value) => {
    const own = document.getElementById("own-editor");
    if (own) own.hidden = value !== "custom";
  },
};

const kinds = {
  // Empty text would be 0.
  number: ({ value }) => (value.trim() ? Number(value) : null),
  lines: ({ value }) => value.split("\n"),
  switch: ({ checked }) => checked,
};

function set(name, value) {
  if (value) dataset[name] = value;
  else delete dataset[name];
}

function chosenIn(field) {
  const kind = field.role === "switch" ? "switch" : field.dataset.kind;
  return (kinds[kind] ?? (({ value }) => value))(field);
}

// Choose a value from elsewhere, such as the palette; the field shows it where there is one.
export async function choose(key, value) {
  const field = document.getElementById(`${key}-${value}`);
  if (field) field.checked = true;
  await save(key, value);
  announce(`${key.charAt(0).toUpperCase()}${key.slice(1)}: ${value}`);
}

async function save(key, value, at = "/api/preferences/") {
  apply[key]?.(value);
  await post(at, { [key]: value });
}

async function changed(field, key) {
  const { at } = field.dataset;
  // Each project has such a field.
  const name = at ? field.id.slice(2) : key;
  try {
    await save(key, chosenIn(field), at);
    explain(field, name, "");
    if ("keeps" in field.dataset) keepInQuery({ [field.name]: "" });
    announce(`${document.getElementById(`l-${name}`)?.textContent ?? key}: saved`);
    refresh();
  } catch (error) {
    if (error.field === key) explain(field, name, `${error.message} ${error.hint}`.trim());
    else showProblem(error);
  }
}

function explain(field, name, words) {
  const place = document.getElementById(`e-${name}`);
  if (!place) return;
  place.textContent = words;
  place.hidden = !words;
  field.ariaInvalid = String(Boolean(words));
  field.closest(".field, .lines, .select")?.classList.toggle("bad", Boolean(words));
  if (words) announce(words);
}

document.addEventListener("change", ({ target }) => {
  const key = target.closest("[data-preference]")?.dataset.preference;
  if (key) changed(target, key);
});
