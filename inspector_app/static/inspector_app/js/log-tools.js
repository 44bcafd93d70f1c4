// The tool bar of the log on a run's page.

const view = () => document.querySelector(".logpane log-view");
const tool = (name) => document.querySelector(`[data-log="${name}"]`);

const switches = {
  follow: (on) => view().setFollow(on),
  wrap: (on) => {
    view().wraps = on;
  },
  times: (on) => {
    view().times = on;
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-log]");
  if (!button) return;
  const on = button.ariaPressed !== "true";
  button.ariaPressed = String(on);
  switches[button.dataset.log](on);
});

document.addEventListener("log-follow", (event) => {
  if (event.target === view()) tool("follow").ariaPressed = String(event.detail);
});

document.addEventListener("log-count", (event) => {
  if (event.target !== view()) return;
  const lines = event.detail.toLocaleString("en");
  const count = document.querySelector("[data-log-count]");
  count.textContent = `${lines} ${event.detail === 1 ? "line" : "lines"}`;
});
