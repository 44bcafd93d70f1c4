//! The tray: a status line and a short menu. Where there is no tray, the window does without.

use std::mem;

use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    include_image,
    menu::{Menu, MenuItem, PredefinedMenuItem},
    tray::{TrayIcon, TrayIconBuilder},
};

use crate::desk::Desk;

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

/// What the tray says, and the icon that says it once there is one.
pub struct Tray {
    look: Look,
    text: String,
    tried: bool,
    shown: Option<Shown>,
}

struct Shown {
    icon: TrayIcon,
    status: MenuItem<Wry>,
    look: Look,
}

impl Tray {
    pub fn new() -> Self {
        Self {
            look: Look::Busy,
            text: "Starting…".into(),
            tried: false,
            shown: None,
        }
    }

    /// Put the icon into the tray, at the first call; whether there is one now.
    ///
    /// Not while the program starts: the first page comes sooner without it.
    pub fn appear(app: &AppHandle) -> bool {
        let desk = app.state::<Desk>();
        let mut tray = desk.tray();
        if !mem::replace(&mut tray.tried, true) {
            match Shown::build(app, tray.look, &tray.text) {
                Ok(shown) => tray.shown = shown,
                Err(error) => tracing::warn!(%error, "no tray"),
            }
        }
        tray.shown.is_some()
    }

    /// Show what the program is doing.
    pub fn show(app: &AppHandle, look: Look, text: &str) {
        let desk = app.state::<Desk>();
        let mut tray = desk.tray();
        let text = if text.is_empty() { "Ready" } else { text };
        (tray.look, tray.text) = (look, text.to_owned());
        if let Some(shown) = tray.shown.as_mut()
            && let Err(error) = shown.update(look, text)
        {
            tracing::warn!(%error, "the tray could not be changed");
        }
    }
}

impl Shown {
    /// None where the system has no tray to put it in.
    fn build(app: &AppHandle, look: Look, text: &str) -> tauri::Result<Option<Self>> {
        if !supported() {
            tracing::info!("no tray: libayatana-appindicator3 is not installed");
            return Ok(None);
        }
        let item = |id, text| MenuItem::with_id(app, id, text, true, None::<&str>);
        let status = MenuItem::with_id(app, "status", text, false, None::<&str>)?;
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
        let icon = TrayIconBuilder::with_id("djdesk")
            .icon(look.icon())
            .tooltip(format!("DJDesk: {text}"))
            // The default lies in /tmp, where another user may own it.
            .temp_dir_path(app.state::<Desk>().cache.join("tray"))
            .menu(&menu)
            .build(app)?;
        Ok(Some(Self { icon, status, look }))
    }

    fn update(&mut self, look: Look, text: &str) -> tauri::Result<()> {
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
