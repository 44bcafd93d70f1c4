// What of a log is in sight right now.

// The number of the first line in sight.
export function topLine(view) {
  return Number(rowsInSight(view).find((row) => row.dataset.line)?.dataset.line ?? 1);
}

export function visibleText(view) {
  const texts = rowsInSight(view).map((row) => row.querySelector(".tx")?.textContent ?? "");
  return texts.join("\n");
}

function rowsInSight(view) {
  const { top, bottom } = view.getBoundingClientRect();
  return [...view.querySelectorAll("li")].filter((row) => {
    const at = row.getBoundingClientRect();
    return at.bottom > top && at.top < bottom;
  });
}
