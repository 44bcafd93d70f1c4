//! The menu bar, which only macOS has: what the platform brings, and the pages' own commands.

use tauri::{
    AppHandle, Manager, Wry,
    menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem as Item, Submenu},
};

use crate::{desk::LABEL, page_event, shortcuts};

/// Before the id of one of the pages' commands.
const COMMAND: &str = "command:";

pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
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
    // Copy and paste reach a page on macOS only by this menu.
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
    let menu = Menu::with_items(app, &[&program, &edit])?;
    for (name, commands) in shortcuts::groups()? {
        let submenu = Submenu::new(app, &name, true)?;
        for command in commands {
            submenu.append(&item(app, &command)?)?;
        }
        if name == "Window" {
            for own in window_items(app)? {
                submenu.append(own.as_ref())?;
            }
        }
        menu.append(&submenu)?;
    }
    Ok(menu)
}

fn item(app: &AppHandle, command: &shortcuts::Command) -> tauri::Result<MenuItem<Wry>> {
    let id = format!("{COMMAND}{}", command.id);
    MenuItem::with_id(app, id, &command.title, true, command.accelerator())
}

fn window_items(app: &AppHandle) -> tauri::Result<[Box<dyn IsMenuItem<Wry>>; 4]> {
    Ok([
        Box::new(Item::separator(app)?),
        Box::new(Item::minimize(app, None)?),
        Box::new(Item::maximize(app, None)?),
        Box::new(Item::close_window(app, None)?),
    ])
}

/// Have the page run the command of this item; whether it is one.
pub fn chosen(app: &AppHandle, item: &str) -> bool {
    let Some(id) = item.strip_prefix(COMMAND) else {
        return false;
    };
    if let Some(window) = app.get_webview_window(LABEL) {
        page_event::dispatch(&window, "command", &id);
    }
    true
}
