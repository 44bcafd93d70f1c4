// Buttons inside a dialog that answer it.

document.addEventListener("click", ({ target }) => {
  const chosen = target.closest("dialog [data-answer]");
  if (chosen) chosen.closest("dialog").close(chosen.dataset.answer);
});
