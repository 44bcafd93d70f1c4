// Files may have changed while nobody looked: the engine is asked when somebody does. What it finds
// comes back as an event.
import { post } from "./api.js";

const AT_MOST_EVERY_MS = 3000;
// Whoever goes on to another page at once waits for that one: to look at all files would delay it.
const LOOKED_AT_AFTER_MS = 500;

let asked = -AT_MOST_EVERY_MS;

const look = () => setTimeout(ask, LOOKED_AT_AFTER_MS);

async function ask() {
  const { workspace } = document.body.dataset;
  if (!workspace || performance.now() - asked < AT_MOST_EVERY_MS) return;
  asked = performance.now();
  try {
    await post(`/api/workspaces/${workspace}/changes/`);
  } catch {
    // The status bar says when the engine does not answer; the next look asks again.
  }
}

document.addEventListener("visibilitychange", () => document.hidden || look());
document.documentElement.addEventListener("pointerenter", look);
addEventListener("focus", look);
addEventListener("djdesk:ready", look);
