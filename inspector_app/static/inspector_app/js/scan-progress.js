// How far a scan is, in words, while its sections arrive.

class ScanProgress extends HTMLElement {
  connectedCallback() {
    this.leave = new AbortController();
    document.addEventListener("djdesk:scan", ({ detail }) => this.show(detail), {
      signal: this.leave.signal,
    });
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  show({ id, text }) {
    if (String(id) === this.dataset.scan) this.textContent = `, ${text}`;
  }
}

customElements.define("scan-progress", ScanProgress);
