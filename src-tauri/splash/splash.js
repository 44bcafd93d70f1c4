// Shows what the window says in its `djdesk:screen` event; asks for nothing itself. Its buttons are
// addresses that the window never opens: it does what they name.
const part = (id) => document.getElementById(id);
let diagnostics = "";

addEventListener("djdesk:screen", ({ detail }) => {
  const down = detail.state === "down";
  part("busy").hidden = down;
  part("down").hidden = !down;
  if (!down) {
    part("stage").textContent = detail.text;
    return;
  }
  diagnostics = detail.diagnostics;
  for (const id of ["title", "text", "hint"]) part(id).textContent = detail[id];
  part("log").hidden = !detail.log;
  part("last").hidden = detail.lines.length === 0;
  part("lines").textContent = detail.lines.join("\n");
  part("lines").scrollTop = part("lines").scrollHeight;
  part("copied").textContent = "";
  part("restart").focus();
});

part("copy").addEventListener("click", async () => {
  part("copied").textContent = (await copy(diagnostics)) ? "Copied" : "Select the lines to copy them";
});

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
