// Popovers stand at the button that opened them, and are filled when they are shown.

const GAP = 6;

function place(popover) {
  const at = document.querySelector(`[popovertarget="${popover.id}"]`)?.getBoundingClientRect();
  if (!at) return;
  const low = at.top > innerHeight / 2;
  const right = at.left > innerWidth / 2;
  const [top, bottom] = low ? ["auto", innerHeight - at.top + GAP] : [at.bottom + GAP, "auto"];
  const [left, end] = right
    ? ["auto", Math.max(innerWidth - at.right, 8)]
    : [Math.max(at.left, 8), "auto"];
  popover.style.inset = [top, end, bottom, left]
    .map((side) => (side === "auto" ? side : `${Math.round(side)}px`))
    .join(" ");
}

document.addEventListener(
  "beforetoggle",
  ({ target, newState }) => {
    if (!target.popover || newState !== "open") return;
    place(target);
    target.dispatchEvent(new CustomEvent("djdesk:shown"));
  },
  true,
);
