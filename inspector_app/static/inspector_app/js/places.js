// Places in the source are buttons that open the editor. With Shift, and where there is no editor,
// the place is copied.
import { announce } from "./announce.js";
import { post } from "./api.js";
import { copy } from "./copy.js";

const { body } = document;

export function openPlace(button, event) {
  const { path, line } = button.dataset;
  return event?.shiftKey ? copy(placeOf(path, line), button) : openLine(path, line, button);
}

export async function openLine(path, line, button) {
  if (!body.dataset.editor) {
    await copy(placeOf(path, line), button);
    return;
  }
  const url = `/api/workspaces/${body.dataset.workspace}/edit/`;
  try {
    const { editor } = await post(url, { path, line: Number(line) || 1 });
    announce(`Opened in ${editor}`);
  } catch (error) {
    // It was uninstalled, or taken out of the preferences, after this page was made.
    if (error.code !== "no_editor") throw error;
    await copy(placeOf(path, line), button);
  }
}

export function placeTitle() {
  const { editor } = body.dataset;
  return editor ? `Open in ${editor} (Shift: copy)` : "Copy";
}

const placeOf = (path, line) => (line ? `${path}:${line}` : path);
