//! The menu bar, which only macOS has: the pages bring their own commands.

use tauri::{
    AppHandle,
    menu::{Menu, MenuItem, PredefinedMenuItem as Item, Submenu},
};

pub fn build(app: &AppHandle) -> tauri::Result<Menu<tauri::Wry>> {
    // The predefined Quit would end the program past our way out.
    let quit = MenuItem::with_id(app, "quit", "Quit DJDesk", true, Some("Cmd+Q"))?;
    let program = Submenu::with_items(
        app,
        "DJDesk",
        true,
        &[
            &Item::about(app, None, None)?,
            &Item::separator(app)?,
            &Item::hide(app, None)?,
            &Item::hide_others(app, None)?,
            &Item::show_all(app, None)?,
            &Item::separator(app)?,
            &quit,
        ],
    )?;
    let edit = Submenu::with_items(
        app,
        "Edit",
        true,
        &[
            &Item::undo(app, None)?,
            &Item::redo(app, None)?,
            &Item::separator(app)?,
            &Item::cut(app, None)?,
            &Item::copy(app, None)?,
            &Item::paste(app, None)?,
            &Item::select_all(app, None)?,
        ],
    )?;
    let window = Submenu::with_items(
        app,
        "Window",
        true,
        &[
            &Item::minimize(app, None)?,
            &Item::maximize(app, None)?,
            &Item::close_window(app, None)?,
        ],
    )?;
    Menu::with_items(app, &[&program, &edit, &window])
}
