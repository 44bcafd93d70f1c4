// The panel at the bottom: the output of the newest command, and recent runs.
import { showProblem } from "./alerts.js";
import { announce } from "./announce.js";
import { element } from "./element.js";
import { cancel, isActive, result } from "./runs.js";
import { isOpen, setPart } from "./window-state.js";

const TICK_MS = 100;

class RunPanel extends HTMLElement {
  connectedCallback() {
    this.piece = (name) => this.querySelector(`[data-${name}]`);
    this.output = this.querySelector("#panel-output");
    this.tabs = [...this.querySelectorAll('[role="tab"]')];
    this.piece("toggle").addEventListener("click", () => this.toggle());
    this.piece("stop").addEventListener("click", () => this.stop());
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.select(tab));
      tab.addEventListener("keydown", (event) => this.arrow(event));
    }
    document.addEventListener("djdesk:run", ({ detail }) => this.hear(detail));
    document.addEventListener("djdesk:started", ({ detail }) => this.start(detail));
    this.show(JSON.parse(document.getElementById("panel-run").textContent));
    this.toggle(isOpen("panel"));
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  toggle(open = !isOpen("panel")) {
    setPart("panel", open ? "open" : "closed");
    this.piece("toggle").ariaExpanded = String(open);
    if (open) this.fill();
  }

  select(chosen) {
    for (const tab of this.tabs) {
      const on = tab === chosen;
      tab.ariaSelected = String(on);
      tab.tabIndex = on ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !on;
    }
    this.toggle(true);
  }

  arrow(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = this.tabs.find((tab) => tab !== event.currentTarget);
    this.select(other);
    other.focus();
  }

  start(run) {
    this.show(run);
    this.select(this.tabs[0]);
  }

  // Runs that were started elsewhere are followed as well, unless this one still runs.
  hear(run) {
    if (run.id === this.run?.id) this.update(run);
    else if (run.workspace === document.body.dataset.workspace && this.mayFollow(run)) {
      this.show(run);
    }
  }

  mayFollow(run) {
    return isActive(run) && (!this.run || (run.id > this.run.id && !isActive(this.run)));
  }

  show(run) {
    this.run = run;
    if (!run) return;
    this.piece("title").textContent = `#${run.number} ${run.preset}`;
    this.piece("page").hidden = false;
    this.piece("page").href = run.url;
    this.filled = undefined;
    if (isOpen("panel")) this.fill();
    this.update(run);
  }

  // The log is asked for when the panel shows it.
  fill() {
    if (!this.run || this.filled === this.run.id) return;
    this.filled = this.run.id;
    const view = element("log-view");
    Object.assign(view.dataset, { run: this.run.id, total: this.run.lines });
    if (isActive(this.run)) view.dataset.active = "";
    view.tabIndex = 0;
    view.role = "log";
    view.ariaLive = "off";
    view.ariaLabel = `Output of run ${this.run.number}`;
    const parts = this.run.command.map((part) => element("span", "", part));
    const line = element("p", "cmdline", "$ ");
    for (const part of parts) line.append(part, " ");
    this.output.replaceChildren(line, view);
  }

  update(run) {
    const ran = isActive(this.run);
    this.run = run;
    const active = isActive(run);
    this.piece("stop").hidden = !active;
    this.piece("dot").hidden = !active;
    clearInterval(this.clock);
    if (active) {
      this.clock = setInterval(() => this.tick(), TICK_MS);
      this.tick();
      return;
    }
    this.piece("state").textContent = result(run);
    if (ran) announce(`Run ${run.number} ended: ${result(run)}`);
  }

  tick() {
    const { started_at: started, timeout_s: limit, status } = this.run;
    const elapsed = started ? Math.max(Date.now() - new Date(started), 0) / 1000 : 0;
    const words = `${elapsed.toFixed(1)} s of ${limit} s`;
    const texts = { queued: "waiting", cancelling: `stopping, ${words}` };
    this.piece("state").textContent = texts[status] ?? words;
  }

  async stop() {
    try {
      await cancel(this.run.id);
    } catch (error) {
      // It ended while the button was pressed, which is what was wanted.
      if (error.code !== "run_ended") showProblem(error);
    }
  }
}

customElements.define("run-panel", RunPanel);
