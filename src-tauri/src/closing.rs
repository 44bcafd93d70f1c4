//! What closing the window means: the end or, where the user prefers it and there is a tray, that
//! the program goes on without a window. The way back is the tray's menu, a notification, or a second
//! start; without a tray nobody would know of it, so a window whose tray goes away comes back.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use tauri::{AppHandle, Manager, Window};

use crate::{
    desk::{Desk, LABEL},
    tray::Tray,
    window,
};

#[derive(Default)]
pub struct Closing {
    /// The user's preference, as the engine last told it; engines come and go.
    to_tray: AtomicBool,
    has_tray: AtomicBool,
    begun: AtomicBool,
}

impl Closing {
    pub fn prefer(&self, to_tray: bool) {
        self.to_tray.store(to_tray, SeqCst);
    }

    pub fn has_tray(&self) -> bool {
        self.has_tray.load(SeqCst)
    }

    fn hides(&self) -> bool {
        self.to_tray.load(SeqCst) && self.has_tray()
    }
}

/// Look for the tray, once there is a page to come back to.
pub fn begin(app: &AppHandle) {
    let begun = app.state::<Desk>().closing.begun.swap(true, SeqCst);
    if !begun && Tray::appear(app) {
        #[cfg(target_os = "linux")]
        crate::tray_host::follow(app);
        #[cfg(not(target_os = "linux"))]
        tray_changed(app, true);
    }
}

/// Whether the window was hidden instead of being closed.
pub fn hidden_instead(window: &Window) -> bool {
    if !window.state::<Desk>().closing.hides() {
        return false;
    }
    match window.hide() {
        Ok(()) => {
            tracing::info!("closed to the tray");
            true
        }
        Err(error) => {
            tracing::warn!(%error, "the window could not be hidden");
            false
        }
    }
}

/// The desktop's tray came or went.
pub fn tray_changed(app: &AppHandle, present: bool) {
    let desk = app.state::<Desk>();
    desk.closing.has_tray.store(present, SeqCst);
    desk.engine.tray(present);
    let hidden = app
        .get_webview_window(LABEL)
        .is_some_and(|window| window.is_visible().is_ok_and(|visible| !visible));
    if !present && hidden {
        tracing::info!("the tray is gone: showing the window");
        window::bring_to_front(app);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_hidden_only_where_that_is_preferred_and_there_is_a_tray() {
        for (to_tray, has_tray, hides) in [
            (false, false, false),
            (false, true, false),
            (true, false, false),
            (true, true, true),
        ] {
            let closing = Closing::default();
            closing.prefer(to_tray);
            closing.has_tray.store(has_tray, SeqCst);
            assert_eq!(closing.hides(), hides, "{to_tray} {has_tray}");
        }
    }
}
