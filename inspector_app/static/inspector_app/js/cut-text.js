// What is cut off is said in whole when it is pointed at.

const cut = (one) =>
  one?.scrollWidth > one?.clientWidth && getComputedStyle(one).textOverflow === "ellipsis";

document.addEventListener("mouseover", ({ target }) => {
  if (target.closest("[title]")) return;
  const found = [target, target.parentElement].find(cut);
  if (found) found.title = found.textContent.trim();
});
