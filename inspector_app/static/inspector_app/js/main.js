// Everything a page does by itself; each module is one concern and registers itself.
import "./live-stream.js";
import "./log-view.js";
import "./rel-time.js";
import "./run-panel.js";
import "./drop-cover.js";
import "./actions.js";
import "./command-form.js";
import "./open-form.js";
import "./table-filter.js";
import "./preferences.js";
import "./keyboard.js";

// Whoever drives the page by program can wait for this instead of for a moment.
document.documentElement.dataset.scripts = "ready";
