// What the palette offers before anything is searched for, the last used first.

// `content` came from the engine; commands that can do nothing here are left out.
export function gather(content, commands) {
  const known = [
    ...commands.filter(offered).map((command) => ({
      id: `command:${command.id}`,
      kind: "command",
      name: command.id,
      title: command.title,
      key: content.keys[command.id],
    })),
    ...sections(),
    ...content.items.map((item) => ({ ...item, name: item.id.slice(item.kind.length + 1) })),
  ];
  const byId = new Map(known.map((item) => [item.id, item]));
  for (const [age, entry] of content.recent.entries()) {
    const item = byId.get(entry.id);
    if (item) item.age = age;
    // What the index found once is a link; of another project it would lead away from this one.
    else if (isHere(entry, content)) known.push({ ...entry, age });
  }
  return known;
}

// The palette itself is open, and a section is offered by its name.
function offered(command) {
  return !["palette", "section"].includes(command.id) && command.can();
}

function isHere({ kind, url }, { workspace }) {
  const fixed = ["command", "section", "preset", "workspace", "preference", "docs"];
  return !fixed.includes(kind) && workspace && url.startsWith(`/w/${workspace}/`);
}

function sections() {
  return [...document.querySelectorAll("#nav a")].map((link, index) => {
    const title = [...link.childNodes].find(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim(),
    );
    const name = title?.data.trim() ?? link.textContent.trim();
    return {
      id: `section:${name}`,
      kind: "section",
      name,
      title: `Go to ${name}`,
      url: link.getAttribute("href"),
      key: index < 9 ? sectionKey(index + 1) : undefined,
    };
  });
}

const sectionKey = (number) => `${navigator.platform.startsWith("Mac") ? "Cmd" : "Ctrl"} ${number}`;
