// Copying, with a sign that it worked.
import { announce } from "./announce.js";

const SHOWN_MS = 1200;

export async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  announce("Copied");
  if (!button) return;
  const { title } = button;
  button.title = "Copied";
  button.classList.add("done");
  setTimeout(() => {
    button.title = title;
    button.classList.remove("done");
  }, SHOWN_MS);
}

// One element holds one argument; a shell needs quotes around whatever is not plain.
export function commandText(shown) {
  const parts = [...shown.querySelectorAll("span")].map((part) => part.textContent);
  return parts.map(quoted).join(" ");
}

function quoted(part) {
  return /^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'"'"'`)}'`;
}
