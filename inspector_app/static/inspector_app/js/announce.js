// Says something to a screen reader, politely and once.

export function announce(text) {
  const region = document.getElementById("said");
  if (region) region.textContent = text;
}
