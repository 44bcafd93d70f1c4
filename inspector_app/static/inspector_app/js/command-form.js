// The form of one command: its values, the exact command line they make, and the run.
import { clearAlerts, showProblem } from "./alerts.js";
import { start } from "./start.js";

const form = document.querySelector('[data-form="command"]');

function fields() {
  return [...form.querySelectorAll("[data-kind]")].map((field) => ({
    field,
    name: field.dataset.name ?? field.name,
    flag: field.dataset.flag,
    positional: Boolean(field.dataset.positional),
    value: readValue(field),
  }));
}

function readValue(field) {
  switch (field.dataset.kind) {
    case "flag":
      return field.checked || undefined;
    case "choices":
      return field.type === "text" ? words(field.value) : checked(field);
    case "words":
      return words(field.value);
    case "integer":
      return field.value === "" ? undefined : Number(field.value);
    default:
      return field.value.trim() || undefined;
  }
}

function words(text) {
  const found = text.split(/\s+/).filter(Boolean);
  return found.length ? found : undefined;
}

function checked(group) {
  const found = [...group.querySelectorAll("input:checked")].map((box) => box.value);
  return found.length ? found : undefined;
}

function commandLine() {
  const options = ["--no-color"];
  if (form.dataset.skip) options.push("--skip-checks");
  const positionals = [];
  for (const { flag, positional, value } of fields()) {
    if (value === undefined) continue;
    const values = [value].flat();
    if (positional) positionals.push(...values);
    else if (value === true) options.push(flag);
    else for (const one of values) options.push(flag, String(one));
  }
  return positionals.length ? [...options, "--", ...positionals] : options;
}

function preview(prefix) {
  const spans = commandLine().map((argument) => {
    const span = document.createElement("span");
    span.textContent = argument;
    return span;
  });
  const shown = form.querySelector("[data-preview]");
  shown.replaceChildren();
  for (const span of [...prefix, ...spans]) shown.append(span, " ");
}

function offerMigrations() {
  const field = form.querySelector('[data-kind="migration"]');
  if (!field) return;
  const known = JSON.parse(document.getElementById("migrations").textContent);
  const app = document.getElementById(field.dataset.app)?.value ?? "";
  const options = (known[app] ?? []).map((name) => new Option(name, name));
  field.list.replaceChildren(...options);
}

function showErrors(error) {
  const place = error?.field && form.querySelector(`[data-error-for="${CSS.escape(error.field)}"]`);
  for (const shown of form.querySelectorAll("[data-error-for]")) shown.hidden = true;
  if (!error) return;
  if (!place) {
    showProblem(error);
    return;
  }
  place.textContent = `${error.message} ${error.hint}`;
  place.hidden = false;
  document.getElementById(`p-${error.field}`)?.focus();
}

async function submit(event) {
  event.preventDefault();
  clearAlerts();
  showErrors(null);
  const values = fields().filter(({ value }) => value !== undefined);
  const params = Object.fromEntries(values.map(({ name, value }) => [name, value]));
  const { workspace, preset } = form.dataset;
  try {
    const run = await start(workspace, preset, params, Number(form.elements.timeout.value));
    document.dispatchEvent(new CustomEvent("djdesk:started", { detail: run }));
  } catch (error) {
    showErrors(error);
  }
}

if (form) {
  const prefix = [...form.querySelectorAll("[data-preview] span")];
  const update = () => {
    offerMigrations();
    preview(prefix);
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", submit);
  update();
}
