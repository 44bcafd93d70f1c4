//! Folders dropped on the window: the engine opens them, the page is told while they hover.

use std::path::{Path, PathBuf};

use serde::Serialize;
use tauri::{DragDropEvent, Manager, Window};

use crate::{
    desk::{Desk, LABEL},
    page_event,
};

#[derive(Serialize)]
struct Drag {
    state: &'static str,
    names: Vec<String>,
}

impl Drag {
    /// What the page is told; None for a mere movement.
    fn of(event: &DragDropEvent) -> Option<Self> {
        let (state, paths): (_, &[PathBuf]) = match event {
            DragDropEvent::Enter { paths, .. } => ("enter", paths),
            DragDropEvent::Drop { paths, .. } => ("drop", paths),
            DragDropEvent::Leave => ("leave", &[]),
            _ => return None,
        };
        Some(Self {
            state,
            names: paths.iter().map(|path| name(path)).collect(),
        })
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

pub fn happened(window: &Window, event: &DragDropEvent) {
    if let DragDropEvent::Drop { paths, .. } = event {
        let paths: Vec<String> = paths
            .iter()
            .map(|path| path.to_string_lossy().into_owned())
            .collect();
        tracing::info!(count = paths.len(), "dropped");
        window.state::<Desk>().engine.open(paths);
    }
    if let (Some(drag), Some(window)) = (Drag::of(event), window.get_webview_window(LABEL)) {
        page_event::dispatch(&window, "drag", &drag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_told_names_not_paths() {
        let event = DragDropEvent::Enter {
            paths: vec!["/home/ada/sh\"op".into(), "/".into()],
            position: tauri::PhysicalPosition::new(1.0, 2.0),
        };
        let drag = Drag::of(&event).unwrap();
        assert_eq!(
            (drag.state, &drag.names[..]),
            ("enter", &["sh\"op".into(), "/".into()][..])
        );
    }

    #[test]
    fn moving_about_is_not_worth_a_word() {
        let position = tauri::PhysicalPosition::new(1.0, 2.0);
        assert!(Drag::of(&DragDropEvent::Over { position }).is_none());
    }
}
