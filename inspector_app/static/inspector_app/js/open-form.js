// The field of a plain browser, where no folder can be dropped or picked.
import { openPath } from "./open.js";

document.addEventListener("submit", (event) => {
  if (event.target.dataset.form !== "open") return;
  event.preventDefault();
  openPath(new FormData(event.target).get("path").trim());
});
