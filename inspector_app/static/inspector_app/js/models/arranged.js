// Asks the worker for a layout; one that this window has seen before is taken from its memory.

const PREFIX = "layout:";

export async function arranged(input) {
  const text = JSON.stringify(input);
  const key = PREFIX + digest(text);
  const known = sessionStorage.getItem(key);
  if (known) {
    waiting?.terminate();
    waiting = null;
    return JSON.parse(known);
  }
  const result = await ask(input);
  try {
    sessionStorage.setItem(key, JSON.stringify(result));
  } catch {
    // Full: layouts are the only large things in it, and each can be made again.
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
    }
  }
  return result;
}

const started = () =>
  new Worker(new URL("./layout-worker.js", import.meta.url), { type: "module" });

// It loads while the page prepares what it will be asked.
let waiting = started();

function ask(input) {
  const worker = waiting ?? started();
  waiting = null;
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    });
    worker.postMessage(input);
  }).finally(() => worker.terminate());
}

// Two 32-bit hashes of a text (FNV-1a with two bases): enough to tell layouts of one window apart.
function digest(text) {
  let [a, b] = [0x811c9dc5, 0x01234567];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${text.length.toString(36)}`;
}
