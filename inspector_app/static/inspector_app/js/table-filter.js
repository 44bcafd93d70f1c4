// A field that hides the rows of a table which do not hold its words.

function apply(field) {
  const wanted = field.value.toLowerCase();
  for (const row of document.querySelector(field.dataset.filter).rows) {
    row.hidden = !(row.dataset.text ?? "").toLowerCase().includes(wanted);
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-filter]")) apply(event.target);
});

document.addEventListener("htmx:oobAfterSwap", () => {
  for (const field of document.querySelectorAll("[data-filter]")) apply(field);
});
