// The tool bar of the log on a run's page, and what the page shows of the log around it.
import { showProblem } from "./alerts.js";
import { get } from "./api.js";
import { LogSearch } from "./log-search.js";
import { takes } from "./log-take.js";

const view = document.querySelector("log-view[data-page]");
const tool = (name) => document.querySelector(`[data-log="${name}"]`);
const field = document.getElementById("log-search");

let search;
let errors = [];

const switches = {
  follow: (on) => view.setFollow(on),
  wrap: (on) => {
    view.wraps = on;
  },
  times: (on) => {
    view.times = on;
  },
  case: (on) => search.change({ case: on }),
  filter: (on) => {
    document.getElementById("log-around").hidden = !on;
    search.change({ filter: on });
  },
};

const buttons = {
  next: () => search.next(),
  previous: () => search.previous(),
  error: () => view.goToError(errors[0]),
};

async function press(button) {
  const name = button.dataset.log;
  if (switches[name]) {
    const on = button.ariaPressed !== "true";
    button.ariaPressed = String(on);
    switches[name](on);
    return;
  }
  try {
    await (buttons[name] ?? takes[name])(view, button);
  } catch (error) {
    showProblem(error);
  }
}

function count(total) {
  const shown = document.querySelector('[data-log-lines="all"]');
  shown.textContent = total.toLocaleString("en");
}

async function readMarks() {
  let marks;
  try {
    marks = await get(`/api/task-runs/${view.run}/log/marks/`);
  } catch {
    // Without them the log is only less convenient.
    return;
  }
  // While it grows, a fold would take away what has just been read.
  if (!view.active) view.tracebacks = marks.tracebacks;
  errors = marks.errors;
  tool("error").hidden = errors.length === 0;
  for (const stream of ["stdout", "stderr"]) {
    const shown = document.querySelector(`[data-log-lines="${stream}"]`);
    shown.textContent = view.active ? "" : marks.lines[stream].toLocaleString("en");
  }
  showPlace();
}

// #L120 is a place in the log.
function showPlace() {
  const line = Number(/^#L(\d{1,12})$/.exec(location.hash)?.[1] ?? 0);
  if (line > 0 && line <= view.total) view.goTo(line);
}

function listen() {
  search = new LogSearch(view, (words) => {
    document.getElementById("log-found").textContent = words;
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-log]");
    if (pressed) press(pressed);
  });
  field.addEventListener("input", () => search.typed(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (event.shiftKey) search.previous();
    else search.next();
  });
  document.getElementById("log-streams").addEventListener("change", (event) => {
    search.change({ stream: event.target.value });
  });
  document.querySelector("#log-around select").addEventListener("change", (event) => {
    search.change({ context: Number(event.target.value) });
  });
  view.addEventListener("log-follow", ({ detail }) => {
    tool("follow").ariaPressed = String(detail);
  });
  view.addEventListener("log-count", ({ detail }) => {
    count(detail);
    search.grew();
  });
  view.addEventListener("log-ended", readMarks);
  view.addEventListener("log-unfiltered", () => {
    search.unfiltered();
    document.querySelector('#log-streams input[value=""]').checked = true;
    document.getElementById("log-around").hidden = true;
    tool("filter").ariaPressed = "false";
  });
  addEventListener("hashchange", showPlace);
  if (field.value) search.typed(field.value);
}

if (view) {
  listen();
  count(view.total);
  showPlace();
  readMarks();
}
