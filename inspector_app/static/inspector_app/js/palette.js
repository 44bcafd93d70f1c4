// The palette: commands of the registry, sections, presets, projects, documentation, and what the
// engine's index finds in the project. Loaded when it is first opened.
import { showProblem } from "./alerts.js";
import { get, post } from "./api.js";
import { commands, runCommand, withProject } from "./commands.js";
import { fetchDialog } from "./fragment.js";
import { gather } from "./palette-items.js";
import { PaletteList } from "./palette-list.js";
import { openLine } from "./places.js";
import { choose as choosePreference } from "./preferences.js";
import { keepInQuery } from "./query.js";

const TYPING_MS = 90;
const SHORTEST = 2;

let palette;

export async function open(typed) {
  try {
    if (!palette) palette = new Palette(await fetchDialog(withProject("/palette/")));
    palette.show(typed());
  } catch {
    showProblem({ message: "The palette could not be loaded.", hint: "Is the engine ready?" });
  }
}

// Projects and commands may be others by now.
document.body.addEventListener("djdesk:refresh", () => {
  if (!palette || palette.dialog.open) return;
  palette.dialog.remove();
  palette = undefined;
});

class Palette {
  constructor(dialog) {
    this.dialog = dialog;
    this.field = dialog.querySelector("input");
    this.content = JSON.parse(dialog.querySelector("#palette-content").textContent);
    this.scopes = [...dialog.querySelectorAll("[data-scope]")];
    this.list = new PaletteList(dialog, this.field);
    this.asked = 0;
    this.listen();
  }

  listen() {
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    for (const scope of this.scopes) {
      scope.addEventListener("click", () => {
        for (const other of this.scopes) other.ariaPressed = String(other === scope);
        this.draw();
        this.field.focus();
      });
    }
    this.list.box.addEventListener("click", ({ target }) => {
      const option = target.closest('[role="option"]');
      if (option) this.choose(this.list.itemOf(option));
    });
    this.dialog.addEventListener("close", () => {
      clearTimeout(this.waiting);
      keepInQuery({ palette: "" });
    });
  }

  show(typed) {
    this.field.value = typed;
    this.results = [];
    // What can be done is another thing on every opening.
    this.items = gather(this.content, commands);
    this.draw();
    this.dialog.showModal();
    this.field.focus();
    if (typed) this.typed();
  }

  typed() {
    this.draw();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.search(), TYPING_MS);
  }

  // The engine's index; a project that has none is answered with 404, once.
  async search() {
    const question = this.field.value.trim();
    this.asked += 1;
    const mine = this.asked;
    if (!this.content.workspace || this.unindexed) return;
    if (question.length < SHORTEST) {
      this.results = [];
      return;
    }
    try {
      const query = new URLSearchParams({ q: question });
      const answer = await get(`/api/workspaces/${this.content.workspace}/search/?${query}`);
      if (mine !== this.asked) return;
      this.results = answer.results.map((one) => ({ ...one, id: `${one.kind}:${one.url}` }));
      this.indexed();
    } catch (error) {
      if (error.code === "not_found") this.unindexed = true;
      this.results = [];
    }
    this.draw();
  }

  indexed() {
    this.dialog.querySelector(".scopes").hidden = false;
    this.dialog.querySelector("[data-source]").hidden = false;
  }

  draw() {
    const pressed = this.scopes.find((scope) => scope.ariaPressed === "true");
    this.list.show({
      question: this.field.value.trim(),
      items: this.items,
      results: this.results,
      kinds: pressed?.dataset.scope ? pressed.dataset.scope.split(" ") : null,
    });
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) {
      event.preventDefault();
      this.list.move(steps[event.key]);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const item = this.list.current;
      if (item) this.choose(item, event.ctrlKey || event.metaKey);
    } else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.dialog.close();
    }
  }

  async choose(item, source = false) {
    this.dialog.close();
    try {
      // Ahead of leaving the page, which would cut the request off.
      await this.remember(item);
      if (source && item.file) await openLine(item.file, item.line);
      else if (item.url) location.assign(item.url);
      else if (item.kind === "preference") await choosePreference(...item.name.split("="));
      else runCommand(item.name);
    } catch (error) {
      showProblem(error);
    }
  }

  async remember({ id, kind, title, detail = "", url = "" }) {
    const entry = { id, kind, title, detail, url };
    this.content.recent = [entry, ...this.content.recent.filter((one) => one.id !== id)];
    // What is too long to be remembered is still opened.
    await post("/api/recent/", entry).catch(() => {});
  }
}
