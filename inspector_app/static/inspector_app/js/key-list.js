// The list of all keys. Loaded when it is first opened.
import { showProblem } from "./alerts.js";
import { fetchDialog } from "./fragment.js";

let dialog;

export async function open() {
  try {
    dialog ??= await fetchDialog("/keys/");
    dialog.showModal();
  } catch {
    showProblem({ message: "The list of keys could not be loaded.", hint: "Is the engine ready?" });
  }
}
