//! What WebKitGTK needs beyond Tauri's settings, and the window's zoom. Linux only.

use std::cell::Cell;

use gtk::{
    gdk::{self, ModifierType, keys::constants as key},
    glib::Propagation,
    prelude::*,
};
use tauri::WebviewWindow;
use webkit2gtk::{
    HardwareAccelerationPolicy, HitTestResultExt, NetworkProxyMode, SettingsExt, WebContextExt,
    WebView, WebViewExt, WebsiteDataManagerExt,
};

pub fn tend(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        let view = webview.inner();
        never_use_a_proxy(&view);
        revive(&view);
        keep_the_menu_for_text(&view);
        zoom_by_keys(&view);
        if let Some(settings) = WebViewExt::settings(&view) {
            // Pages kept for going back would hold their event streams' memory.
            settings.set_enable_page_cache(false);
            if !crate::display::has_gpu() && !crate::window::automated() {
                // Drawing by an emulated GPU loads a compiler first: 70 ms of the start. A driver,
                // however, gets no answer from a window that draws without.
                settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
            }
        }
    })
}

/// Whether pages find that the user prefers dark: WebKitGTK goes by GTK's settings in this way.
pub fn is_dark() -> bool {
    let Some(settings) = gtk::Settings::default() else {
        return false;
    };
    if settings.is_gtk_application_prefer_dark_theme() {
        return true;
    }
    let named = std::env::var("GTK_THEME").ok();
    let theme = named.or_else(|| settings.gtk_theme_name().map(Into::into));
    theme.is_some_and(|name| names_dark(&name))
}

fn names_dark(theme: &str) -> bool {
    theme.ends_with("-dark") || theme.ends_with("-Dark") || theme.ends_with(":dark")
}

/// The only server is on loopback; a proxy from the environment would swallow its addresses.
fn never_use_a_proxy(view: &WebView) {
    if let Some(manager) = view
        .context()
        .and_then(|context| context.website_data_manager())
    {
        manager.set_network_proxy_settings(NetworkProxyMode::NoProxy, None);
    }
}

/// Where the page's process was killed or crashed, a white window would be left.
fn revive(view: &WebView) {
    view.connect_web_process_terminated(|view, reason| {
        tracing::error!(?reason, "the page's process ended: loading the page again");
        view.reload();
    });
}

/// Reload and Back make no sense here; Copy and Paste do.
fn keep_the_menu_for_text(view: &WebView) {
    view.connect_context_menu(|_, _, _, hit| {
        !(hit.context_is_editable() || hit.context_is_selection())
    });
}

fn zoom_by_keys(view: &WebView) {
    let step = Cell::new(0);
    view.connect_key_press_event(move |view, event| {
        match zoom(step.get(), event.state(), event.keyval()) {
            Some(next) => {
                step.set(next);
                view.set_zoom_level(level(next));
                Propagation::Stop
            }
            None => Propagation::Proceed,
        }
    });
}

/// The zoom step after this key; None if it is not a zoom key.
fn zoom(step: i32, state: ModifierType, keyval: gdk::keys::Key) -> Option<i32> {
    if !state.contains(ModifierType::CONTROL_MASK) || state.contains(ModifierType::MOD1_MASK) {
        return None;
    }
    match keyval {
        key::plus | key::equal | key::KP_Add => Some((step + 1).min(8)),
        key::minus | key::KP_Subtract => Some((step - 1).max(-4)),
        key::_0 | key::KP_0 => Some(0),
        _ => None,
    }
}

/// From 60 % to 200 %, as the design promises for text.
fn level(step: i32) -> f64 {
    if step < 0 {
        1.0 + f64::from(step) * 0.1
    } else {
        1.0 + f64::from(step) * 0.125
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_with_plus_minus_and_zero_zooms() {
        let control = ModifierType::CONTROL_MASK;
        assert_eq!(zoom(0, control, key::plus), Some(1));
        assert_eq!(zoom(8, control, key::plus), Some(8));
        assert_eq!(zoom(0, control, key::minus), Some(-1));
        assert_eq!(zoom(5, control, key::_0), Some(0));
        assert_eq!(zoom(0, ModifierType::empty(), key::plus), None);
        assert_eq!(zoom(0, control, key::a), None);
    }

    #[test]
    fn a_dark_theme_is_known_by_its_name() {
        for (theme, dark) in [
            ("Adwaita", false),
            ("Adwaita-dark", true),
            ("Darkness", false),
        ] {
            assert_eq!(names_dark(theme), dark, "{theme}");
        }
    }

    #[test]
    fn the_largest_zoom_doubles() {
        assert!((level(8) - 2.0).abs() < f64::EPSILON);
        assert!((level(-4) - 0.6).abs() < f64::EPSILON);
    }
}
