// The panel at the bottom: the output of the command that was started last, and recent runs.
import { showProblem } from "./alerts.js";
import { post } from "./api.js";

const ACTIVE = ["queued", "running", "cancelling"];

class RunPanel extends HTMLElement {
  connectedCallback() {
    this.piece = (name) => this.querySelector(`[data-${name}]`);
    this.piece("toggle").addEventListener("click", () => this.toggle());
    this.piece("stop").addEventListener("click", () => this.stop());
    for (const tab of this.querySelectorAll('[role="tab"]')) {
      tab.addEventListener("click", () => this.select(tab.dataset.tab));
      tab.addEventListener("keydown", (event) => this.arrow(event));
    }
    this.piece("grip").addEventListener("pointerdown", (event) => this.resize(event));
    document.addEventListener("djdesk:run", ({ detail }) => this.update(detail));
    document.addEventListener("djdesk:started", ({ detail }) => this.show(detail));
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  toggle(open = !this.classList.contains("open")) {
    this.classList.toggle("open", open);
    this.piece("toggle").ariaExpanded = String(open);
    if (!open) this.style.height = "";
  }

  select(name) {
    for (const tab of this.querySelectorAll('[role="tab"]')) {
      const chosen = tab.dataset.tab === name;
      tab.ariaSelected = String(chosen);
      tab.tabIndex = chosen ? 0 : -1;
      this.querySelector(`[data-body="${tab.dataset.tab}"]`).hidden = !chosen;
    }
    this.toggle(true);
  }

  arrow(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = event.currentTarget.dataset.tab === "output" ? "recents" : "output";
    this.select(other);
    this.querySelector(`[data-tab="${other}"]`).focus();
  }

  resize(event) {
    event.preventDefault();
    const move = ({ clientY }) => {
      const height = innerHeight - 24 - clientY;
      this.toggle(height > 60);
      this.style.height = `${Math.min(Math.max(height, 90), innerHeight - 200)}px`;
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", () => removeEventListener("pointermove", move), { once: true });
  }

  show(run) {
    this.run = run;
    this.piece("title").textContent = `#${run.number} ${run.preset}`;
    this.piece("page").hidden = false;
    this.piece("page").href = run.url;
    const view = document.createElement("log-view");
    view.dataset.run = run.id;
    view.dataset.total = run.lines;
    view.dataset.active = ACTIVE.includes(run.status) ? "1" : "";
    view.tabIndex = 0;
    view.setAttribute("role", "log");
    view.ariaLive = "off";
    view.ariaLabel = `Output of run ${run.number}`;
    this.querySelector('[data-body="output"]').replaceChildren(view);
    this.select("output");
    this.update(run);
  }

  update(run) {
    if (run.id !== this.run?.id) return;
    this.run = run;
    const active = ACTIVE.includes(run.status);
    this.piece("stop").hidden = !active;
    clearInterval(this.clock);
    if (active) {
      this.clock = setInterval(() => this.tick(), 100);
      this.tick();
    } else {
      this.piece("elapsed").textContent = result(run);
    }
  }

  tick() {
    const { started_at: started, timeout_s: limit } = this.run;
    const elapsed = started ? (Date.now() - new Date(started)) / 1000 : 0;
    this.piece("elapsed").textContent = `${elapsed.toFixed(1)} s of ${limit} s`;
  }

  async stop() {
    try {
      await post(`/api/task-runs/${this.run.id}/cancel/`);
    } catch (error) {
      if (error.code !== "run_ended") showProblem(error);
    }
  }
}

function result(run) {
  const ended = run.exit_code === null ? run.status.replace("_", " ") : `exit ${run.exit_code}`;
  const changed =
    run.files_changed === null ? "not compared" : `${run.files_changed.length} files changed`;
  return `${ended}, ${changed}`;
}

customElements.define("run-panel", RunPanel);
