// The form of one command: the exact command line its values make, and the run.
import { clearAlerts, showProblem } from "./alerts.js";
import { post } from "./api.js";
import { askForTrust } from "./ask-trust.js";
import { timeout, values } from "./command-values.js";
import { element } from "./element.js";
import { offerMigrations } from "./migration-field.js";
import { keepInQuery } from "./query.js";
import { start } from "./runs.js";

const form = document.querySelector('[data-form="command"]');
let asked = 0;
let starting = false;

function remember() {
  const { timeout } = form.elements;
  const limit = timeout.value === timeout.dataset.usual ? "" : timeout.value;
  const { preset } = form.dataset;
  const all = [...form.querySelectorAll("[data-kind]")].map(({ dataset }) => [dataset.name, ""]);
  keepInQuery({ ...Object.fromEntries(all), preset, ...values(form), timeout: limit });
}

async function follow() {
  offerMigrations(form);
  remember();
  asked += 1;
  const mine = asked;
  const { workspace, preset } = form.dataset;
  try {
    const url = `/api/workspaces/${workspace}/command-line/`;
    const { command, problems } = await post(url, { preset, params: values(form) });
    // A later question may have been answered before this one.
    if (mine !== asked) return;
    showCommand(command);
    showErrors(problems);
  } catch (error) {
    if (mine === asked) showProblem(error);
  }
}

function showCommand(command) {
  const shown = form.querySelector("[data-command]");
  shown.replaceChildren();
  for (const part of command) shown.append(element("span", "", part), " ");
}

function showErrors(problems) {
  for (const control of form.querySelectorAll(".control")) {
    const problem = problems.find(({ field }) => field === control.dataset.name);
    const place = control.querySelector(".error");
    control.classList.toggle("invalid", Boolean(problem));
    place.hidden = !problem;
    place.textContent = problem ? `${problem.message} ${problem.hint}`.trim() : "";
    const field = typed(control);
    if (field) field.ariaInvalid = problem ? "true" : null;
    // A problem must not hide in what is folded away.
    if (problem && control.querySelector("details")) control.querySelector("details").open = true;
  }
}

// Where a wrong value can have come from: beside a list of choices, the field for others.
function typed(control) {
  const fields = "input:not(:disabled), select:not(:disabled)";
  return control.querySelector("[data-others]") ?? control.querySelector(fields);
}

async function run() {
  starting = true;
  clearAlerts();
  const { workspace, preset } = form.dataset;
  try {
    if (!(await askForTrust(form))) return;
    const started = await start(workspace, preset, values(form), timeout(form));
    showErrors([]);
    document.dispatchEvent(new CustomEvent("djdesk:started", { detail: started }));
  } catch (error) {
    refuse(error);
  } finally {
    starting = false;
  }
}

function refuse(error) {
  const control = form.querySelector(`.control[data-name="${CSS.escape(error.field ?? "")}"]`);
  if (!control) {
    showProblem(error);
    return;
  }
  showErrors([error]);
  typed(control)?.focus();
  // Its sentence below it too, and not behind the command line.
  control.scrollIntoView({ block: "nearest" });
}

if (form) {
  offerMigrations(form);
  // A link may bring values that are not possible, or not any more.
  if (Object.keys(values(form)).length) follow();
  form.addEventListener("input", ({ target }) => {
    if (!target.dataset.filters) follow();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // A double click is meant once.
    if (!starting) run();
  });
}
