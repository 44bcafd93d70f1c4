//! What choosing an item does, of the tray's menu and of the menu bar.

use tauri::{AppHandle, Manager, menu::MenuEvent};

use crate::{desk::Desk, dialogs, opener, window};

pub fn chosen(app: &AppHandle, event: MenuEvent) {
    let desk = app.state::<Desk>();
    match event.id().as_ref() {
        "open" => window::bring_to_front(app),
        "folder" => {
            window::bring_to_front(app);
            dialogs::pick_folder(app, "", |desk, path| {
                if let Some(path) = path {
                    desk.engine.open(vec![path.to_string_lossy().into_owned()]);
                }
            });
        }
        "logs" => opener::open(desk.log.parent().unwrap_or(&desk.log).to_owned()),
        "restart" => window::restart_engine(app),
        "quit" => app.exit(0),
        #[cfg(target_os = "macos")]
        other if crate::menu::chosen(app, other) => {}
        other => tracing::warn!("an unknown menu item: {other}"),
    }
}
