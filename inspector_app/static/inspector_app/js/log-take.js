// Taking output away: copies of a log, and places in the project that it names.
import { announce } from "./announce.js";
import { ApiError, get, post } from "./api.js";
import { copy } from "./copy.js";
import { visibleText } from "./log-sight.js";

// More than this is no use in a clipboard, and a burden to the page.
const COPIED_BYTES = 10_000_000;

export const takes = {
  "copy-selection": async (_, button) => {
    const text = getSelection().toString();
    if (!text) throw new ApiError({ message: "Nothing is selected.", hint: "Select lines first." });
    await copy(text, button);
  },
  "copy-visible": (view, button) => copy(visibleText(view), button),
  "copy-all": async (view, button) => {
    const { bytes } = await get(`/api/task-runs/${view.run}/`);
    if (bytes > COPIED_BYTES) {
      throw new ApiError({
        message: "This output is too large to be copied.",
        hint: "Save it as a file instead.",
      });
    }
    const response = await fetch(`/api/task-runs/${view.run}/log.txt/?plain=1`);
    await copy(response.ok ? await response.text() : "", button);
  },
};

// The window opens the editor; a browser cannot, so the place is copied instead.
export async function openPlace(run, button) {
  const { path, line } = button.dataset;
  try {
    await post(`/api/task-runs/${run}/edit/`, { path, line: Number(line) });
  } catch (error) {
    if (error.code !== "no_window") throw error;
    await copy(`${path}:${line}`, button);
    announce("No editor can be opened from here, so the place was copied");
    button.title = "Copied; no editor can be opened from here";
  }
}
