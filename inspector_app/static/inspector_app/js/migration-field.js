// The migrations to choose from are those of the app that another field names. Where they are not
// known, any name can be typed.

export function offerMigrations(form) {
  const select = form.querySelector("select[data-depends]");
  if (!select) return;
  const known = JSON.parse(document.getElementById("migrations").textContent);
  const app = form.elements[select.dataset.depends].value;
  if (select.dataset.app === app) return;
  select.dataset.app = app;
  const names = known[app] ?? [];
  const wanted = select.value || select.dataset.value;
  select.replaceChildren(new Option("Choose…", ""), ...names.map((name) => new Option(name, name)));
  if (names.includes(wanted)) select.value = wanted;
  const control = select.closest("[data-kind]");
  control.querySelector("[data-listed]").hidden = Boolean(app) && !names.length;
  control.querySelector("[data-unlisted]").hidden = !app || names.length > 0;
  select.disabled = !app;
}
