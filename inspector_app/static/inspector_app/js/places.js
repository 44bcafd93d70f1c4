// Places in the source are buttons that open the editor. With Shift, and where there is no editor,
// the place is copied.
import { announce } from "./announce.js";
import { post } from "./api.js";
import { copy } from "./copy.js";

const { body } = document;

export async function openPlace(button, event) {
  const { path, line } = button.dataset;
  const place = line ? `${path}:${line}` : path;
  if (event?.shiftKey || !body.dataset.editor) {
    await copy(place, button);
    return;
  }
  try {
    const { editor } = await openLine(path, line);
    announce(`Opened in ${editor}`);
  } catch (error) {
    // It was uninstalled, or taken out of the preferences, after this page was made.
    if (error.code !== "no_editor") throw error;
    await copy(place, button);
  }
}

export function openLine(path, line) {
  const url = `/api/workspaces/${body.dataset.workspace}/edit/`;
  return post(url, { path, line: Number(line) || 1 });
}

export function placeTitle() {
  const { editor } = body.dataset;
  return editor ? `Open in ${editor} (Shift: copy)` : "Copy";
}
