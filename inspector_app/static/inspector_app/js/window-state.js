// What belongs to this window and must outlive the page: which parts are open, and how high.

export function isOpen(part) {
  return document.documentElement.dataset[part] === "open";
}

export function isClosed(part) {
  return document.documentElement.dataset[part] === "closed";
}

export function setPart(part, state) {
  document.documentElement.dataset[part] = state;
  sessionStorage.setItem(part, state);
}

export function setPanelHeight(pixels) {
  const height = Math.round(pixels);
  document.documentElement.style.setProperty("--panel-height", `${height}px`);
  sessionStorage.setItem("panel-height", height);
}
