// A moment in words: "2 min ago", today's time, or the date. The words are in a shadow, so that what
// the engine sent stays as it was sent and can be compared with what it sends later.

const MINUTE = 60;
const HOUR = 3600;

export function words(moment, now = new Date()) {
  const seconds = (now - moment) / 1000;
  if (seconds < MINUTE) return "just now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (moment.toDateString() === now.toDateString()) {
    return `today ${moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
  }
  return moment.toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" });
}

class RelTime extends HTMLElement {
  connectedCallback() {
    this.moment = new Date(this.getAttribute("datetime"));
    if (!this.shadowRoot) {
      this.shown = document.createElement("span");
      this.shown.title = this.moment.toLocaleString();
      this.attachShadow({ mode: "open" }).append(this.shown);
    }
    this.show();
  }

  show() {
    this.shown.textContent = words(this.moment);
    // Words change once a minute, and only while they count minutes.
    const young = Date.now() - this.moment < HOUR * 1000;
    if (young) this.timer = setTimeout(() => this.show(), MINUTE * 1000);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}

customElements.define("rel-time", RelTime);
