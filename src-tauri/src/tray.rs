//! The tray: a status line and a short menu. Where there is no tray, the window does without.

use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    include_image,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::{TrayIcon, TrayIconBuilder},
};

use crate::{desk::Desk, dialogs, opener, window};

/// What the icon says, by shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Idle,
    Busy,
    Attention,
    Stopped,
}

impl Look {
    pub fn of(at_work: u32, attention: bool) -> Self {
        match (attention, at_work) {
            (true, _) => Self::Attention,
            (false, 0) => Self::Idle,
            (false, _) => Self::Busy,
        }
    }

    fn icon(self) -> Image<'static> {
        match self {
            Self::Idle => include_image!("icons/tray/idle.png"),
            Self::Busy => include_image!("icons/tray/busy.png"),
            Self::Attention => include_image!("icons/tray/attention.png"),
            Self::Stopped => include_image!("icons/tray/stopped.png"),
        }
    }
}

pub struct Tray {
    icon: TrayIcon,
    status: MenuItem<Wry>,
    look: Look,
}

impl Tray {
    /// Put the icon into the tray; None where the system has no tray to put it in.
    pub fn build(app: &AppHandle) -> tauri::Result<Option<Self>> {
        if !supported() {
            tracing::info!("no tray: libayatana-appindicator3 is not installed");
            return Ok(None);
        }
        let item = |id, text| MenuItem::with_id(app, id, text, true, None::<&str>);
        let status = MenuItem::with_id(app, "status", "Starting…", false, None::<&str>)?;
        let menu = Menu::with_items(
            app,
            &[
                &item("open", "Open DJDesk")?,
                &status,
                &PredefinedMenuItem::separator(app)?,
                &item("folder", "Open folder…")?,
                &item("logs", "Open logs")?,
                &item("restart", "Restart engine")?,
                &PredefinedMenuItem::separator(app)?,
                &item("quit", "Quit")?,
            ],
        )?;
        let look = Look::Busy;
        let icon = TrayIconBuilder::with_id("djdesk")
            .icon(look.icon())
            .tooltip("DJDesk")
            // The default lies in /tmp, where another user may own it.
            .temp_dir_path(app.state::<Desk>().cache.join("tray"))
            .menu(&menu)
            .on_menu_event(chosen)
            .build(app)?;
        Ok(Some(Self { icon, status, look }))
    }

    /// Show what the program is doing.
    pub fn show(app: &AppHandle, look: Look, text: &str) {
        let desk = app.state::<Desk>();
        let mut tray = desk.tray();
        let Some(tray) = tray.as_mut() else { return };
        if let Err(error) = tray.update(look, text) {
            tracing::warn!(%error, "the tray could not be changed");
        }
    }

    fn update(&mut self, look: Look, text: &str) -> tauri::Result<()> {
        let text = if text.is_empty() { "Ready" } else { text };
        self.status.set_text(text)?;
        self.icon.set_tooltip(Some(format!("DJDesk: {text}")))?;
        // Each icon is written to a file for the desktop to read.
        if self.look != look {
            self.icon.set_icon(Some(look.icon()))?;
            self.look = look;
        }
        Ok(())
    }
}

fn chosen(app: &AppHandle, event: MenuEvent) {
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
        other => tracing::warn!("an unknown tray item: {other}"),
    }
}

/// The binding to the tray library panics where the library is missing, so look for it first.
#[cfg(target_os = "linux")]
fn supported() -> bool {
    ["libayatana-appindicator3.so.1", "libappindicator3.so.1"]
        .iter()
        .any(|name| {
            // SAFETY: loading runs the library's initialisers, as the binding is about to do anyway.
            unsafe { libloading::Library::new(name) }.is_ok()
        })
}

#[cfg(not(target_os = "linux"))]
fn supported() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_look_tells_work_and_what_needs_attention() {
        assert_eq!(Look::of(0, false), Look::Idle);
        assert_eq!(Look::of(3, false), Look::Busy);
        assert_eq!(Look::of(0, true), Look::Attention);
        assert_eq!(Look::of(3, true), Look::Attention);
    }

    #[test]
    fn every_look_is_drawn_at_the_same_size() {
        for look in [Look::Idle, Look::Busy, Look::Attention, Look::Stopped] {
            assert_eq!(
                (look.icon().width(), look.icon().height()),
                (32, 32),
                "{look:?}"
            );
        }
    }
}
