// Everything a page does by itself; each module is one concern and registers itself.
import "./live-stream.js";
import "./log-view.js";
import "./log-tools.js";
import "./rel-time.js";
import "./run-panel.js";
import "./panel-height.js";
import "./drop-cover.js";
import "./open.js";
import "./actions.js";
import "./setup.js";
import "./dialogs.js";
import "./remove.js";
import "./locate.js";
import "./command-form.js";
import "./filter-list.js";
import "./popovers.js";
import "./arrows.js";
import "./preferences.js";
import "./keyboard.js";
import "./scan-progress.js";
import "./freshness.js";
import "./cut-text.js";
import "./focus-kept.js";
import "./start-point.js";

// Only where there is something to draw: these weigh more than all others.
if (document.getElementById("models")) await import("./models/page.js");

// What only some pages need.
if (document.querySelector("[data-parts]")) await import("./parts.js");
if (document.querySelector("[data-filter-rows]")) await import("./row-filter.js");
if (document.getElementById("migrations-page")) await import("./sql-view.js");
if (document.getElementById("urls-page")) await import("./urls-page.js");

// Whoever drives the page by program can wait for this instead of for a moment.
document.documentElement.dataset.scripts = "ready";
dispatchEvent(new Event("djdesk:ready"));
