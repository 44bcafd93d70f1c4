// Taking output away: copies of a log.
import { ApiError, get, getText } from "./api.js";
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
    await copy(await getText(`/api/task-runs/${view.run}/log.txt/?plain=1`), button);
  },
};
