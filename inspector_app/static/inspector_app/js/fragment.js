// Parts of a page that are fetched when they are first wanted.

export async function fetchDialog(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const made = document.createElement("template");
  made.innerHTML = await response.text();
  const dialog = made.content.querySelector("dialog");
  document.body.append(dialog);
  // A click beside it closes it, like Esc.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && outside(event, dialog)) dialog.close();
  });
  return dialog;
}

function outside({ clientX: x, clientY: y }, dialog) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return x < left || x > right || y < top || y > bottom;
}
