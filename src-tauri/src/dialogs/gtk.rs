//! GTK's own chooser, which becomes the desktop's where a portal is in use.

use std::{cell::RefCell, rc::Rc};

use gtk::{FileChooserAction, FileChooserNative, ResponseType, prelude::*};
use tauri::WebviewWindow;

use super::{Answer, Wanted};

pub fn show(window: &WebviewWindow, wanted: &Wanted, answer: Answer) {
    let (title, action, accept) = match wanted {
        Wanted::Folder { title } => (title.as_str(), FileChooserAction::SelectFolder, "Open"),
        Wanted::Target { .. } => ("Save as", FileChooserAction::Save, "Save"),
    };
    let parent = window.gtk_window().ok();
    let chooser = FileChooserNative::new(
        Some(title),
        parent.as_ref(),
        action,
        Some(accept),
        Some("Cancel"),
    );
    chooser.set_modal(true);
    if let Wanted::Target { name } = wanted {
        chooser.set_do_overwrite_confirmation(true);
        chooser.set_current_name(name);
        if let Some(downloads) = dirs::download_dir().or_else(dirs::home_dir) {
            chooser.set_current_folder(downloads);
        }
    }
    // The chooser lives until its answer: it is held by what its answer takes away.
    let held = Rc::new(RefCell::new(Some((chooser.clone(), answer))));
    chooser.connect_response(move |_, response| {
        if let Some((chooser, answer)) = held.take() {
            answer(
                (response == ResponseType::Accept)
                    .then(|| chooser.filename())
                    .flatten(),
            );
        }
    });
    chooser.show();
}
