// Tab goes on from what the address names, or from what has to be decided first, not from the top of
// the window. The focus is not left there: nobody asked for a ring, and F6 still begins at the top.
if (document.activeElement === document.body) {
  for (const part of document.querySelectorAll("[data-start]")) {
    part.focus();
    if (document.activeElement !== part) continue;
    part.blur();
    break;
  }
}
