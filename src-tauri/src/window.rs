//! The one window.

use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{Color, NewWindowResponse, PageLoadEvent},
};
use url::Url;

use crate::{
    closing,
    desk::{Desk, LABEL},
    downloads::Downloads,
    navigation::{self, Button, Verdict},
    opener, pages,
};

const TITLE: &str = "DJDesk";

/// The first frame's colour, as the pages' `--surface`.
const LIGHT: Color = Color(0xff, 0xff, 0xff, 0xff);
const DARK: Color = Color(0x18, 0x1d, 0x1a, 0xff);

pub fn build(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let (guard, downloads) = (app.clone(), Downloads::default());
    let (opened, downloading) = (app.clone(), app.clone());
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(TITLE)
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        // Each start has another port and so another origin: what a page stored would be lost and
        // stay on the disk. A driver needs the lasting context, the only one it can control.
        .incognito(!automated())
        .on_navigation(move |url| may_go(&guard, url))
        .on_new_window(move |url, _| {
            // A link for a new window is meant for the browser; our own pages have one window.
            if may_go(&opened, &url) {
                tracing::warn!("a page asked for a second window");
            }
            NewWindowResponse::Deny
        })
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                loaded(&window, load.url());
            }
        })
        .on_document_title_changed(|window, title| {
            let title = if title.is_empty() { TITLE } else { &title };
            if let Err(error) = window.set_title(title) {
                tracing::warn!(%error, "the title could not be set");
            }
        })
        .on_download(move |_, event| downloads.happened(&downloading, event))
        .build()?;
    window.set_background_color(Some(if is_dark(&window) { DARK } else { LIGHT }))?;
    #[cfg(target_os = "linux")]
    crate::webkit::tend(&window)?;
    Ok(window)
}

#[cfg(target_os = "linux")]
fn is_dark(_: &WebviewWindow) -> bool {
    // Tauri would ask the desktop's portal once more, and wait for its answer.
    crate::webkit::is_dark()
}

#[cfg(not(target_os = "linux"))]
fn is_dark(window: &WebviewWindow) -> bool {
    matches!(window.theme(), Ok(tauri::Theme::Dark))
}

/// Whether a WebDriver drives the window.
pub fn automated() -> bool {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|value| value == "true")
}

fn loaded(window: &WebviewWindow, url: &Url) {
    tracing::info!("loaded {}", url.path());
    if navigation::is_local(url) {
        window.state::<Desk>().screen().render(window);
    } else {
        closing::begin(window.app_handle());
    }
}

/// Let the webview go there, or have somebody else handle it.
fn may_go(app: &AppHandle, url: &Url) -> bool {
    match navigation::decide(url, &app.state::<Desk>().gate.get()) {
        Verdict::Allow => return true,
        Verdict::External => opener::browse(url.clone()),
        Verdict::Button(button) => pressed(app, button),
        // The engine can be ready before the bundled page was asked for.
        Verdict::Block if navigation::is_local(url) => {}
        Verdict::Block => tracing::warn!(scheme = url.scheme(), "navigation refused"),
    }
    false
}

fn pressed(app: &AppHandle, button: Button) {
    match button {
        Button::Restart => restart_engine(app),
        Button::Log => opener::open(app.state::<Desk>().log.clone()),
    }
}

pub fn restart_engine(app: &AppHandle) {
    crate::follow::leave(app);
    crate::screen::show(app, crate::screen::Screen::starting());
    app.state::<Desk>().engine.restart();
}

pub fn is_focused(app: &AppHandle) -> bool {
    app.get_webview_window(LABEL)
        .is_some_and(|window| window.is_focused().unwrap_or(false))
}

pub fn bring_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    let shown = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// Open one of the engine's pages, and show the window.
pub fn open_page(app: &AppHandle, path: &str) {
    let url = pages::page(path, &app.state::<Desk>().gate.get());
    if let (Some(window), Some(url)) = (app.get_webview_window(LABEL), url)
        && let Err(error) = window.navigate(url)
    {
        tracing::warn!(%error, "the page could not be opened");
    }
    bring_to_front(app);
}
