// Places in the project, and the editor that shows them.
import { announce } from "./announce.js";
import { post } from "./api.js";
import { copy } from "./copy.js";

// The window opens the editor; a browser cannot, so the place is copied instead.
export async function openPlace(url, button) {
  const { path, line } = button.dataset;
  try {
    await post(url, { path, line: Number(line) });
  } catch (error) {
    if (error.code !== "no_window") throw error;
    await copy(`${path}:${line}`, button);
    announce("No editor can be opened from here, so the place was copied");
    button.title = "Copied; no editor can be opened from here";
  }
}
