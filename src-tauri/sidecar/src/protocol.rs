//! The messages on the pipe: one JSON object per line, both ways, every one with `"v": 1`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub const VERSION: u64 = 1;

/// What the sidecar is told first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Greeting {
    pub data_dir: Option<String>,
    pub log_dir: Option<String>,
    pub version: String,
    /// Folders to open; the supervisor adds those that arrived before the sidecar was ready.
    pub open: Vec<String>,
    pub capabilities: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Message<'a> {
    Hello(&'a Greeting),
    #[serde(untagged)]
    Command(Command),
}

#[derive(Debug, Serialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub(crate) enum Command {
    Open {
        paths: Vec<String>,
    },
    Picked {
        request: Value,
        path: Option<String>,
    },
    /// Whether the desktop has a tray now; no word means that it has none.
    Tray {
        present: bool,
    },
}

#[derive(Serialize)]
struct Versioned<'a> {
    v: u64,
    #[serde(flatten)]
    message: &'a Message<'a>,
}

impl Message<'_> {
    pub fn line(&self) -> serde_json::Result<String> {
        let mut line = serde_json::to_string(&Versioned {
            v: VERSION,
            message: self,
        })?;
        line.push('\n');
        Ok(line)
    }
}

/// What the sidecar says.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    Progress {
        stage: String,
        text: String,
    },
    Ready {
        port: u16,
        /// A path that admits the window once.
        enter: String,
    },
    Activity {
        running: u32,
        queued: u32,
        #[serde(default)]
        attention: bool,
        #[serde(default)]
        text: String,
    },
    Notify {
        title: String,
        #[serde(default)]
        body: String,
        /// The page that shows more, as a path.
        #[serde(default)]
        url: String,
    },
    PickFolder {
        request: Value,
        #[serde(default)]
        title: String,
    },
    SaveAs {
        request: Value,
        name: String,
    },
    Reveal {
        path: String,
    },
    Focus,
    /// What closing the window means: staying in the tray where there is one, or the end.
    Closing {
        to_tray: bool,
    },
    Fatal {
        code: String,
        text: String,
        #[serde(default)]
        hint: String,
    },
}

/// Why a line is not an event this program knows.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("not a message")]
    Junk,
    #[error("a message of another version")]
    Version,
    #[error("an unknown or incomplete event: {0}")]
    Event(serde_json::Error),
}

pub(crate) fn parse(line: &str) -> Result<Event, Unreadable> {
    let value: Value = serde_json::from_str(line).map_err(|_| Unreadable::Junk)?;
    if !value.is_object() {
        return Err(Unreadable::Junk);
    }
    if value.get("v").and_then(Value::as_u64) != Some(VERSION) {
        return Err(Unreadable::Version);
    }
    let event: Event = serde_json::from_value(value).map_err(Unreadable::Event)?;
    match &event {
        // Joined to our own origin, "//host" would name another one.
        Event::Ready { port, enter }
            if *port == 0 || !enter.starts_with('/') || enter.starts_with("//") =>
        {
            Err(Unreadable::Junk)
        }
        _ => Ok(event),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_is_one_line() {
        let greeting = Greeting {
            version: "0.1.0".into(),
            open: vec!["/a\n\"b\"".into()],
            ..Greeting::default()
        };
        let line = Message::Hello(&greeting).line().unwrap();
        assert_eq!(
            line,
            "{\"v\":1,\"hello\":{\"data_dir\":null,\"log_dir\":null,\"version\":\"0.1.0\",\
             \"open\":[\"/a\\n\\\"b\\\"\"],\"capabilities\":[]}}\n"
        );
    }

    #[test]
    fn a_command_names_itself() {
        let picked = Message::Command(Command::Picked {
            request: 7.into(),
            path: None,
        });
        assert_eq!(
            picked.line().unwrap(),
            "{\"v\":1,\"command\":\"picked\",\"request\":7,\"path\":null}\n"
        );
    }

    #[test]
    fn the_tray_is_told_of_and_closing_is_understood() {
        let tray = Message::Command(Command::Tray { present: true });
        assert_eq!(
            tray.line().unwrap(),
            "{\"v\":1,\"command\":\"tray\",\"present\":true}\n"
        );
        let closing = parse(r#"{"v":1,"event":"closing","to_tray":true}"#);
        assert_eq!(closing.unwrap(), Event::Closing { to_tray: true });
    }

    #[test]
    fn ready_is_understood_and_extra_fields_are_ignored() {
        let event = parse(r#"{"v":1,"event":"ready","port":8000,"pid":7,"enter":"/enter/x/"}"#);
        assert_eq!(
            event.unwrap(),
            Event::Ready {
                port: 8000,
                enter: "/enter/x/".into()
            }
        );
    }

    #[test]
    fn focus_needs_no_field() {
        assert_eq!(parse(r#"{"v":1,"event":"focus"}"#).unwrap(), Event::Focus);
    }

    #[test]
    fn what_is_no_event_is_refused() {
        for line in [
            "",
            "hello",
            "[]",
            "7",
            r#"{"event":"focus"}"#,
            r#"{"v":2,"event":"focus"}"#,
            r#"{"v":1,"event":"dance"}"#,
            r#"{"v":1,"event":"ready","port":0,"enter":"/e/"}"#,
            r#"{"v":1,"event":"ready","port":70000,"enter":"/e/"}"#,
            r#"{"v":1,"event":"ready","port":80,"enter":"//evil/"}"#,
            r#"{"v":1,"event":"ready","port":80,"enter":"http://evil/"}"#,
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
