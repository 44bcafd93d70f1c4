// The list of the palette: what matches, in groups, with one option selected.
import { element } from "./element.js";
import { isStrong, match } from "./fuzzy.js";

const RECENT = 6;
const LONGEST_GROUP = 12;
// So much is a command ahead that was chosen last; it fades with what was chosen since.
const FRESH = 5;

const GROUPS = {
  model: "Models",
  field: "Models",
  app: "Apps",
  url: "URLs",
  view: "URLs",
  setting: "Settings",
  migration: "Migrations",
  finding: "Findings",
  run: "Runs",
};

export class PaletteList {
  constructor(dialog, field) {
    this.field = field;
    this.box = dialog.querySelector('[role="listbox"]');
    this.count = dialog.querySelector("[data-count]");
    this.icons = new Map(
      [...dialog.querySelectorAll("template[data-icon]")].map((one) => [one.dataset.icon, one]),
    );
    this.options = [];
    this.at = 0;
  }

  get current() {
    return this.options[this.at]?.item;
  }

  itemOf(option) {
    return this.options.find((one) => one.row === option).item;
  }

  // `kinds` narrows what is shown; null shows all.
  show({ question, items, results, kinds }) {
    const wanted = (item) => !kinds || kinds.includes(item.kind);
    const groups = question
      ? found(question, items.filter(wanted), results.filter(wanted))
      : waiting(items.filter(wanted));
    // Results of the index come later: whoever moved meanwhile stays where he is.
    const kept = question === this.question && this.moved ? this.current?.id : undefined;
    this.moved = kept !== undefined;
    this.question = question;
    this.draw(groups, question);
    this.select(
      Math.max(
        0,
        this.options.findIndex(({ item }) => item.id === kept),
      ),
    );
  }

  move(step) {
    if (!this.options.length) return;
    this.moved = true;
    const last = this.options.length - 1;
    const next = this.at + step;
    // One step goes round at the ends, a page does not.
    if (Math.abs(step) === 1) this.select((next + last + 1) % (last + 1));
    else this.select(Math.min(Math.max(next, 0), last));
  }

  select(index) {
    this.options[this.at]?.row.setAttribute("aria-selected", "false");
    this.at = index;
    const row = this.options[index]?.row;
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  draw(groups, question) {
    this.options = [];
    const parts = groups
      .filter(({ members }) => members.length)
      .map((group) => this.group(group, question));
    this.box.replaceChildren(...parts);
    const total = this.options.length;
    if (!total) this.box.append(element("p", "none", `Nothing matches “${question}”.`));
    this.count.textContent = question ? `${total} ${total === 1 ? "result" : "results"}` : "";
  }

  group({ title, members }, question) {
    const head = element("div", "grp", title);
    head.role = "presentation";
    const made = element("div", "", head, ...members.map((item) => this.option(item, question)));
    made.role = "group";
    made.ariaLabel = title;
    return made;
  }

  option(item, question) {
    const row = element("div", "opt", this.icon(item.kind));
    row.id = `palette-option-${this.options.length}`;
    row.role = "option";
    row.ariaSelected = "false";
    const title = element(
      "span",
      item.kind in GROUPS ? "cut mono" : "cut",
      ...marked(item.title, question),
    );
    row.append(title);
    if (item.key) row.append(element("kbd", "push", item.key));
    else if (item.detail) row.append(element("span", "m cut", detail(item)));
    this.options.push({ item, row });
    return row;
  }

  icon(kind) {
    const found = this.icons.get(kind) ?? this.icons.get("command");
    return found.content.firstElementChild.cloneNode(true);
  }
}

function detail({ detail: text, file, line }) {
  if (!file || text.includes(file)) return text;
  return `${text}, ${file}${line ? `:${line}` : ""}`;
}

function waiting(items) {
  const used = items.filter((item) => item.age !== undefined).sort((a, b) => a.age - b.age);
  const recent = used.slice(0, RECENT);
  const rest = items.filter((item) => !recent.includes(item));
  return [
    { title: "Recent", members: recent },
    {
      title: "Go to",
      members: rest.filter(({ kind }) => kind === "section" || kind === "workspace"),
    },
    { title: "Commands", members: rest.filter(({ kind }) => kind === "command") },
    { title: "Run", members: rest.filter(({ kind }) => kind === "preset") },
  ];
}

function found(question, items, results) {
  const scored = items
    .map((item) => ({ item, score: score(question, item) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => b.score - a.score);
  const fixed = scored.filter(({ item }) => !(item.kind in GROUPS)).map(({ item }) => item);
  const strong = fixed.filter(({ title }) => isStrong(question, title));
  const weak = fixed.filter((item) => !strong.includes(item));
  return [
    { title: "Commands", members: strong.slice(0, LONGEST_GROUP) },
    ...grouped(results),
    // Found once before; the index, where there is one, has them as well.
    ...(results.length
      ? []
      : grouped(scored.map(({ item }) => item).filter((one) => one.kind in GROUPS))),
    { title: strong.length ? "More commands" : "Commands", members: weak.slice(0, LONGEST_GROUP) },
  ];
}

function score(question, item) {
  const best = match(question, item.title);
  if (!best) return null;
  return best.score + (item.age === undefined ? 0 : FRESH / (1 + item.age));
}

function grouped(results) {
  const groups = new Map();
  for (const item of results) {
    const title = GROUPS[item.kind] ?? "Other";
    if (!groups.has(title)) groups.set(title, []);
    if (groups.get(title).length < LONGEST_GROUP) groups.get(title).push(item);
  }
  return [...groups].map(([title, members]) => ({ title, members }));
}

// The letters that were found, marked.
function marked(text, question) {
  const at = question ? match(question, text)?.at : null;
  if (!at?.size) return [text];
  const parts = [];
  for (let index = 0; index < text.length; index += 1) {
    const hit = at.has(index);
    if (parts.length && parts.at(-1).hit === hit) parts.at(-1).text += text[index];
    else parts.push({ hit, text: text[index] });
  }
  return parts.map(({ hit, text: part }) => (hit ? element("b", "", part) : part));
}
