// Dialogs that ask, and the buttons inside that answer.

let settle = () => {};

// Whether somebody said yes. Not by the close event: that of a dialog that was just closed can
// come after it is open again.
export function confirmed(dialog) {
  dialog.showModal();
  return new Promise((resolve) => {
    settle = resolve;
  });
}

document.addEventListener("click", ({ target }) => {
  const chosen = target.closest("dialog [data-answer]");
  if (!chosen) return;
  chosen.closest("dialog").close();
  settle(chosen.dataset.answer === "yes");
});

document.addEventListener("cancel", () => settle(false), { capture: true });
