// Popovers stand at the button that opened them, and are filled when they are shown.

const GAP = 6;
const EDGE = 8;

function place(popover) {
  const at = document.querySelector(`[popovertarget="${popover.id}"]`)?.getBoundingClientRect();
  if (!at) return;
  const low = at.top > innerHeight / 2;
  const right = at.left > innerWidth / 2;
  const [top, bottom] = low ? ["auto", innerHeight - at.top + GAP] : [at.bottom + GAP, "auto"];
  const [left, end] = right
    ? ["auto", Math.max(innerWidth - at.right, EDGE)]
    : [Math.max(Math.min(at.left, innerWidth - popover.offsetWidth - EDGE), EDGE), "auto"];
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

// Its width is not known before it is shown.
document.addEventListener(
  "toggle",
  ({ target, newState }) => target.popover && newState === "open" && place(target),
  true,
);
addEventListener("resize", () => {
  for (const popover of document.querySelectorAll("[popover]:popover-open")) place(popover);
});

// Whoever goes on by the keyboard leaves none behind that would cover where the focus is.
document.addEventListener("focusin", ({ target }) => {
  for (const popover of document.querySelectorAll("[popover]:popover-open")) {
    if (popover.contains(target) || target.getAttribute("popovertarget") === popover.id) continue;
    popover.hidePopover();
  }
});
