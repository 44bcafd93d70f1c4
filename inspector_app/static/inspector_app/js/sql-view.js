// The SQL of one migration: what an earlier run of sqlmigrate printed, or a new one does.
import { copy } from "./copy.js";
import { element } from "./element.js";
import { isActive, result, start } from "./runs.js";
import { tokens } from "./sql-tokens.js";

const SHOWN_MOST = 400_000;

class SqlView extends HTMLElement {
  connectedCallback() {
    this.piece = (name) => this.querySelector(`[data-${name}]`);
    this.hear = ({ detail }) => this.heard(detail);
    document.addEventListener("djdesk:run", this.hear);
    this.piece("ask")?.addEventListener("click", () => this.ask());
    this.piece("copy")?.addEventListener("click", ({ currentTarget }) =>
      copy(this.text ?? "", currentTarget),
    );
    if (this.dataset.run) this.load(this.dataset.run);
  }

  disconnectedCallback() {
    document.removeEventListener("djdesk:run", this.hear);
  }

  async ask() {
    // Not disabled meanwhile, which would take the focus away.
    if (this.asking) return;
    this.asking = true;
    const { app, name, database } = this.dataset;
    this.say("Running sqlmigrate…");
    try {
      const params = { app_label: app, migration_name: name, database };
      this.run = await start(document.body.dataset.workspace, "sqlmigrate", params);
      this.heard(this.run);
    } catch (error) {
      this.say(`${error.message} ${error.hint ?? ""}`);
      this.asking = false;
    }
  }

  async heard(run) {
    if (run.id !== this.run?.id || isActive(run)) return;
    this.run = undefined;
    this.asking = false;
    this.piece("ask").lastChild.data = "Run again";
    const page = element("a", "", `run #${run.number}`);
    page.href = run.url;
    this.piece("about").replaceChildren(page, `, ${result(run)}`);
    if (run.exit_code === 0) await this.load(run.id);
    else this.say(`${run.message || "It printed no SQL."} The run's page has its output.`);
    // Below the operations of a long migration nobody would see it come.
    this.scrollIntoView({ block: "nearest" });
  }

  async load(id) {
    const answer = await fetch(`/api/task-runs/${id}/stdout/`);
    if (!answer.ok) {
      this.say("What it printed is gone. Run it again.");
      return;
    }
    this.show(await answer.text());
  }

  show(text) {
    this.text = text;
    const cut = text.length > SHOWN_MOST;
    this.say(cut ? "Only the beginning is shown; Copy takes all of it." : "");
    if (!text.trim()) this.say("It has no SQL: nothing in the database changes.");
    const pieces = [];
    for (const [kind, piece] of tokens(text.slice(0, SHOWN_MOST).trimEnd())) {
      pieces.push(kind ? element("span", kind, piece) : piece);
    }
    this.piece("sql").replaceChildren(...pieces);
    this.piece("sql").hidden = !text.trim();
    this.piece("copy").hidden = false;
  }

  say(text) {
    this.piece("said").textContent = text;
  }
}

customElements.define("sql-view", SqlView);
