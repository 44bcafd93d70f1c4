// Theme, density and the like: applied at once, kept by the engine.
import { showProblem } from "./alerts.js";
import { post } from "./api.js";

const { dataset } = document.documentElement;

const apply = {
  theme: (value) => {
    if (value === "system") delete dataset.theme;
    else dataset.theme = value;
  },
  density: (value) => {
    dataset.density = value;
  },
};

document.addEventListener("change", async (event) => {
  const key = event.target.closest("[data-preference]")?.dataset.preference;
  if (!key) return;
  apply[key]?.(event.target.value);
  try {
    await post("/api/preferences/", { [key]: event.target.value });
  } catch (error) {
    showProblem(error);
  }
});
