// What is kept of runs and how many run at once: saved together, because they are read together.
import { showProblem } from "./alerts.js";
import { post } from "./api.js";
import { refresh } from "./refresh.js";

document.querySelector("[data-limits]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const said = form.querySelector("[data-said]");
  const fields = [...form.querySelectorAll("input")];
  try {
    await post(
      "/api/preferences/",
      Object.fromEntries(fields.map(({ name, value }) => [name, Number(value)])),
    );
    said.textContent = "Saved";
    refresh();
  } catch (error) {
    form.closest("[popover]").hidePopover();
    showProblem(error);
  }
});
