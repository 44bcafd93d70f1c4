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

// Behind its last stop lies the frame of the window, where no key reaches the page.
document.addEventListener("keydown", (event) => {
  const dialog = event.key === "Tab" && event.target.closest?.("dialog:modal");
  if (!dialog) return;
  const stops = [...dialog.querySelectorAll("a, button, input, select, textarea")].filter(
    (stop) => !stop.disabled && (stop.checkVisibility?.() ?? true),
  );
  if (event.shiftKey) stops.reverse();
  if (event.target !== stops.at(-1)) return;
  event.preventDefault();
  stops[0].focus();
});
