//! The pages' registry of commands, as a menu bar shows it. The file is the one the pages read.

use serde::Deserialize;

const REGISTRY: &str = include_str!("../../inspector_app/static/inspector_app/commands.json");

#[derive(Debug, Deserialize)]
pub struct Command {
    pub id: String,
    pub title: String,
    pub group: String,
    /// As the pages compare them: `Mod+k`, `Shift+n`, `F6`.
    keys: Vec<String>,
}

impl Command {
    /// The key that a menu may take; None where the page has to see the key itself.
    ///
    /// A single letter is meant only where nothing is being written, and of a row of keys, such as
    /// those of the sections, only the page knows what each one opens.
    pub fn accelerator(&self) -> Option<String> {
        let mut fitting = self.keys.iter().filter_map(|key| accelerator(key));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// Whether choosing it by its name alone means something.
    fn is_whole(&self) -> bool {
        self.accelerator().is_some() || self.keys.len() <= MANY
    }
}

/// More keys than these are a row, each of which does something else.
const MANY: usize = 3;

/// The commands of a menu by their groups, both in the registry's order.
pub fn groups() -> serde_json::Result<Vec<(String, Vec<Command>)>> {
    let mut groups: Vec<(String, Vec<Command>)> = Vec::new();
    for command in serde_json::from_str::<Vec<Command>>(REGISTRY)? {
        if !command.is_whole() {
            continue;
        }
        match groups.iter_mut().find(|(name, _)| *name == command.group) {
            Some((_, commands)) => commands.push(command),
            None => groups.push((command.group.clone(), vec![command])),
        }
    }
    Ok(groups)
}

/// `Mod+k` as Tauri writes it: `CmdOrCtrl+K`.
fn accelerator(key: &str) -> Option<String> {
    let (modifiers, name) = key.rsplit_once('+').unwrap_or(("", key));
    let function = name
        .strip_prefix('F')
        .is_some_and(|number| number.parse::<u8>().is_ok());
    let with_mod = modifiers.split('+').any(|modifier| modifier == "Mod");
    if name.is_empty() || !(function || with_mod) {
        return None;
    }
    let modifiers = modifiers.split('+').filter(|modifier| !modifier.is_empty());
    let mut parts: Vec<String> = modifiers
        .map(|modifier| modifier.replace("Mod", "CmdOrCtrl"))
        .collect();
    parts.push(if name.len() == 1 {
        name.to_uppercase()
    } else {
        name.to_owned()
    });
    Some(parts.join("+"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_translated_and_those_of_the_page_are_left_to_it() {
        for (key, expected) in [
            ("Mod+k", Some("CmdOrCtrl+K")),
            ("Mod+,", Some("CmdOrCtrl+,")),
            ("Mod+Shift+p", Some("CmdOrCtrl+Shift+P")),
            ("Mod+Enter", Some("CmdOrCtrl+Enter")),
            ("F1", Some("F1")),
            ("Shift+F6", Some("Shift+F6")),
            ("f", None),
            ("?", None),
            ("+", None),
            ("Shift+n", None),
        ] {
            assert_eq!(accelerator(key).as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn the_registry_becomes_a_menu() {
        let groups = groups().unwrap();
        let names: Vec<&str> = groups.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..3], ["General", "Project", "Window"]);
        let commands: Vec<&Command> = groups.iter().flat_map(|(_, commands)| commands).collect();
        assert_eq!(
            (&*commands[0].title, commands[0].accelerator()),
            ("Search and commands", Some("CmdOrCtrl+K".into()))
        );
        let key = |id| {
            let found = commands.iter().find(|command| command.id == id);
            found.map(|command| command.accelerator())
        };
        // One of its two keys is a single one.
        assert_eq!(key("filter"), Some(Some("CmdOrCtrl+F".into())));
        assert_eq!(key("home"), Some(None));
        // Nine keys, and no name says which section is meant.
        assert_eq!(key("section"), None);
    }

    #[test]
    fn every_key_of_the_menu_is_one_that_the_menu_library_knows() {
        for (_, commands) in groups().unwrap() {
            for key in commands.iter().filter_map(Command::accelerator) {
                assert!(
                    key.parse::<muda::accelerator::Accelerator>().is_ok(),
                    "{key}"
                );
            }
        }
    }
}
