// Marks the link to the part of a long page that is read: the last one whose heading was passed.
const links = [...document.querySelectorAll("[data-parts] a")];
const heads = links.map((link) => document.querySelector(link.hash));
const pane = heads[0].closest(".pane");

function mark() {
  const { top, height } = pane.getBoundingClientRect();
  const end = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 1;
  // What is too near to the end to be scrolled to the top is read once it was asked for.
  const asked = end ? heads.findIndex((head) => `#${head.id}` === location.hash) : -1;
  const passed = heads.findLastIndex((head) => head.getBoundingClientRect().top < top + height / 4);
  const now = Math.max(asked, passed, 0);
  for (const [at, link] of links.entries()) link.ariaCurrent = at === now ? "true" : null;
}

addEventListener("scroll", mark, { capture: true, passive: true });
addEventListener("hashchange", mark);
mark();
