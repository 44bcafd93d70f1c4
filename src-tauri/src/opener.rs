//! Opening addresses, files and folders with the system's programs.
//!
//! Each on a thread of its own: these calls wait for a portal or a file manager to start.

use std::path::PathBuf;

use tauri_plugin_opener as opener;

pub fn browse(url: url::Url) {
    aside("address", move || opener::open_url(url, None::<&str>));
}

pub fn open(path: PathBuf) {
    aside("file", move || opener::open_path(path, None::<&str>));
}

/// Show a file or folder in the file manager.
pub fn reveal(path: PathBuf) {
    aside("folder", move || opener::reveal_item_in_dir(path));
}

fn aside(what: &'static str, open: impl FnOnce() -> Result<(), opener::Error> + Send + 'static) {
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = open() {
            tracing::warn!(%error, "the {what} could not be opened");
        }
    });
}
