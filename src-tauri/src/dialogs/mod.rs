//! The system's dialogs for folders and files. None blocks the window.
//!
//! Not Tauri's plugin: that one puts a script into every page which replaces `confirm` by a call
//! the pages may not make.

#[cfg(target_os = "linux")]
#[path = "gtk.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "native.rs"]
mod system;

use std::path::PathBuf;

use tauri::{AppHandle, Manager};

use crate::desk::{Desk, LABEL};

/// What is asked for.
pub enum Wanted {
    Folder {
        title: String,
    },
    /// Where to save a file of this name.
    Target {
        name: String,
    },
}

type Answer = Box<dyn FnOnce(Option<PathBuf>) + Send>;

/// Ask; `then` gets None where it was cancelled, or where a dialog is open already.
pub fn ask(
    app: &AppHandle,
    wanted: Wanted,
    then: impl FnOnce(&Desk, Option<PathBuf>) + Send + 'static,
) {
    let desk = app.state::<Desk>();
    let Some(window) = app
        .get_webview_window(LABEL)
        .filter(|_| desk.begin_picking())
    else {
        tracing::info!("a dialog is open already");
        return then(&desk, None);
    };
    let handle = app.clone();
    let answer: Answer = Box::new(move |path| {
        let desk = handle.state::<Desk>();
        desk.end_picking();
        then(&desk, path);
    });
    let shown = app.run_on_main_thread(move || system::show(&window, &wanted, answer));
    if let Err(error) = shown {
        tracing::warn!(%error, "no dialog: the window is gone");
    }
}

/// Ask for a folder.
pub fn pick_folder(
    app: &AppHandle,
    title: &str,
    then: impl FnOnce(&Desk, Option<PathBuf>) + Send + 'static,
) {
    let title = if title.is_empty() {
        "Open a Django project"
    } else {
        title
    };
    ask(
        app,
        Wanted::Folder {
            title: title.into(),
        },
        then,
    );
}

/// Ask where to save a file.
pub fn save_as(
    app: &AppHandle,
    name: &str,
    then: impl FnOnce(&Desk, Option<PathBuf>) + Send + 'static,
) {
    ask(app, Wanted::Target { name: name.into() }, then);
}
