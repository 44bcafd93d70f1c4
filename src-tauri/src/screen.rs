//! What the bundled page shows while no engine serves.

use std::error::Error;

use djdesk_sidecar_host::{Ending, Failure};
use serde::Serialize;
use tauri::{AppHandle, Manager, WebviewWindow};

use crate::{
    desk::{Desk, LABEL},
    diagnostics,
    navigation::{self, Pass},
    page_event,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Screen {
    Busy {
        text: String,
    },
    Down {
        title: &'static str,
        text: String,
        hint: String,
        lines: Vec<String>,
        /// Whether there is a log to open.
        log: bool,
        /// What the "Copy diagnostics" button copies.
        diagnostics: String,
    },
}

impl Screen {
    pub fn starting() -> Self {
        Self::Busy {
            text: "Starting DJDesk…".into(),
        }
    }

    pub fn stage(text: &str) -> Self {
        let text = text.trim_end_matches(['.', '…', ' ']);
        if text.is_empty() {
            Self::starting()
        } else {
            Self::Busy {
                text: format!("{text}…"),
            }
        }
    }

    pub fn reconnecting(ending: Ending) -> Self {
        Self::Busy {
            text: format!("Reconnecting… The engine ended {ending}."),
        }
    }

    pub fn down(failure: &Failure, lines: Vec<String>, log: bool) -> Self {
        let lines: Vec<String> = lines
            .iter()
            .map(|line| diagnostics::without_home(line))
            .collect();
        Self::Down {
            title: match failure {
                Failure::Crashed { .. } => "The engine stopped",
                Failure::Silent { .. } => "The engine does not answer",
                Failure::Spawn { .. } | Failure::Fatal { .. } => "DJDesk cannot start",
            },
            text: failure.to_string(),
            hint: failure.hint().to_owned(),
            diagnostics: diagnostics::text(failure, &lines),
            lines,
            log,
        }
    }

    /// Tell the bundled page, which must be loaded.
    pub fn render(&self, window: &WebviewWindow) {
        page_event::dispatch(window, "screen", self);
    }
}

/// Show `screen`, on the bundled page; go there if the window is elsewhere.
pub fn show(app: &AppHandle, screen: Screen) {
    let desk = app.state::<Desk>();
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    let there = desk.gate.get() == Pass::Local;
    desk.gate.set(Pass::Local);
    if there {
        screen.render(&window);
    }
    desk.set_screen(screen);
    if !there && let Err(error) = go(&window, navigation::LOCAL_PAGE) {
        tracing::error!(%error, "the bundled page could not be shown");
    }
}

fn go(window: &WebviewWindow, url: &str) -> Result<(), Box<dyn Error>> {
    Ok(window.navigate(url.parse()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_reads_as_going_on() {
        let text = |stage| match Screen::stage(stage) {
            Screen::Busy { text } => text,
            Screen::Down { .. } => unreachable!(),
        };
        assert_eq!(text("Preparing the data"), "Preparing the data…");
        assert_eq!(text("Preparing the data..."), "Preparing the data…");
        assert_eq!(text(""), "Starting DJDesk…");
    }
}
