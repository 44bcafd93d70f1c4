// Project setup: another interpreter, settings module or env file; each choice is taken at once.
import { post } from "./api.js";
import { inQuery, keepInQuery } from "./query.js";
import { refresh } from "./refresh.js";

const popover = document.getElementById("setup");
const url = `/api/workspaces/${document.body.dataset.workspace}/setup/`;
const environment = `/api/workspaces/${document.body.dataset.workspace}/environment/`;

const typed = ["setup-python", "setup-settings"];
const forget = () => keepInQuery(Object.fromEntries(typed.map((name) => [name, ""])));

async function ask(target, data) {
  try {
    await post(target, data);
    forget();
    popover.dispatchEvent(new CustomEvent("djdesk:shown"));
    refresh();
  } catch ({ message, hint }) {
    // The popover covers the place where other problems are shown.
    const said = popover.querySelector("[data-said]");
    said.textContent = [message, hint].filter(Boolean).join(" ");
    said.hidden = false;
    popover.scrollTop = 0;
  }
}

popover?.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.setup) {
    button.disabled = true;
    ask(url, { [button.dataset.setup]: button.dataset.value ?? null });
  } else if (button && "setupPick" in button.dataset) {
    ask(`${url}pick/`, {});
  } else if (button?.dataset.setupBuild) {
    ask(environment, { digest: button.dataset.setupBuild });
  } else if (button && "setupStop" in button.dataset) {
    ask(environment, { stop: true });
  }
});

// A build has ended, or another window has changed something.
document.body.addEventListener("djdesk:refresh", () => {
  if (popover?.matches(":popover-open") && popover.querySelector("[data-setup-stop]"))
    popover.dispatchEvent(new CustomEvent("djdesk:shown"));
});

popover?.addEventListener("change", ({ target }) => {
  if (!("setupEnv" in target.dataset)) return;
  const chosen = [...popover.querySelectorAll("[data-setup-env]:checked")];
  ask(url, { env_files: chosen.map(({ value }) => value) });
});

popover?.addEventListener("submit", (event) => {
  event.preventDefault();
  const value = event.target.elements[0].value.trim();
  if (value) ask(url, { [event.target.dataset.setupForm]: value });
});

popover?.addEventListener("toggle", ({ newState }) => newState === "closed" && forget());
// Once htmx knows what fills it.
const resume = () => typed.some(inQuery) && popover?.showPopover();
document.addEventListener("htmx:load", resume, { once: true });
