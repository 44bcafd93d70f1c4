// Searching a whole log, which the engine does: what is found, which of how many, and the filter.
import { showProblem } from "./alerts.js";
import { get } from "./api.js";
import { topLine } from "./log-sight.js";
import { wantedText } from "./log-text.js";

const TYPING_MS = 120;
// A log that grows is searched again at most this often.
const GROWING_MS = 500;

export class LogSearch {
  constructor(view, shown) {
    this.view = view;
    this.shown = shown;
    this.state = { text: "", case: false, stream: "", filter: false, context: 2 };
    this.asked = 0;
  }

  // Something of the question changed.
  change(part, delay = 0) {
    Object.assign(this.state, part);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), delay);
  }

  typed(text) {
    this.change({ text }, TYPING_MS);
  }

  grew() {
    if (this.growing || !(this.state.text || this.state.stream)) return;
    this.growing = setTimeout(() => {
      this.growing = undefined;
      this.refresh();
    }, GROWING_MS);
  }

  async ask() {
    const { text } = this.state;
    this.view.wanted = wantedText(text, this.state.case);
    await this.filter();
    if (text) await this.go("here");
    else this.shown("");
  }

  // The view left the filter to show a line that it hid.
  unfiltered() {
    Object.assign(this.state, { stream: "", filter: false });
  }

  // The same question to a longer log; what is in sight stays.
  async refresh() {
    await this.filter();
    if (this.state.text) await this.find("here", (place) => this.say(place));
  }

  next() {
    return this.go("next");
  }

  previous() {
    return this.go("previous");
  }

  async go(to) {
    if (!this.state.text) return;
    await this.find(to, (place) => {
      this.say(place);
      if (place.total) this.view.goTo(place.line);
    });
  }

  async find(to, handle) {
    this.asked += 1;
    const mine = this.asked;
    const line = this.view.look.current || topLine(this.view);
    const place = await this.question("find", { to, line });
    // A later question may have been answered before this one.
    if (place && mine === this.asked) handle(place);
  }

  say({ n, total }) {
    const words = total ? `${n.toLocaleString("en")} of ${total.toLocaleString("en")}` : "none";
    this.shown(this.partial ? `${words}, the first are shown` : words);
  }

  async filter() {
    const { text, stream, filter, context } = this.state;
    const matching = filter && text;
    this.partial = false;
    if (!matching && !stream) {
      if (this.view.gaps.ranges) this.view.ranges = null;
      return;
    }
    const question = matching ? { context } : { context: 0, q: "" };
    const found = await this.question("matches", question);
    if (!found) return;
    this.partial = !found.complete;
    this.view.ranges = found.ranges;
  }

  async question(kind, more) {
    const { text, stream } = this.state;
    const query = new URLSearchParams({
      q: text,
      stream,
      case: this.state.case ? "1" : "0",
      ...more,
    });
    try {
      return await get(`/api/task-runs/${this.view.run}/log/${kind}/?${query}`);
    } catch (error) {
      showProblem(error);
      return null;
    }
  }
}
