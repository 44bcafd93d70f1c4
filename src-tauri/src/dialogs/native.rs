//! The choosers of macOS and Windows.

use rfd::AsyncFileDialog;
use tauri::WebviewWindow;

use super::{Answer, Wanted};

pub fn show(window: &WebviewWindow, wanted: &Wanted, answer: Answer) {
    let dialog = AsyncFileDialog::new().set_parent(window);
    match wanted {
        Wanted::Folder { title } => {
            let chosen = dialog.set_title(title).pick_folder();
            tauri::async_runtime::spawn(async move {
                answer(chosen.await.map(|file| file.path().to_owned()));
            });
        }
        Wanted::Target { name } => {
            let chosen = dialog.set_title("Save as").set_file_name(name).save_file();
            tauri::async_runtime::spawn(async move {
                answer(chosen.await.map(|file| file.path().to_owned()));
            });
        }
    }
}
