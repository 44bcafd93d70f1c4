//! From what happens to the engine to what the window, the tray and the desktop show.

use std::path::PathBuf;

use djdesk_sidecar_host::{Event, Update};
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc::UnboundedReceiver;
use url::Url;

use crate::{
    desk::{Desk, LABEL},
    dialogs,
    navigation::Pass,
    notify, opener, pages,
    screen::{self, Screen},
    tray::{Look, Tray},
    window,
};

/// Handle updates on the main thread for as long as there are any.
///
/// Nothing here waits for the main thread: at the end it waits for the engine, and the engine for
/// the runtime this task runs on.
pub async fn updates(app: AppHandle, mut updates: UnboundedReceiver<Update>) {
    while let Some(update) = updates.recv().await {
        let handle = app.clone();
        if let Err(error) = app.run_on_main_thread(move || happened(&handle, update)) {
            tracing::warn!(%error, "the window is gone");
            return;
        }
    }
}

fn happened(app: &AppHandle, update: Update) {
    match update {
        Update::Starting => Tray::show(app, Look::Busy, "Starting…"),
        Update::Ready { port, enter } => ready(app, port, &enter),
        Update::Restarting {
            ending, crashes, ..
        } => {
            Tray::show(app, Look::Stopped, "Engine ended, starting it again…");
            Tray::appear(app);
            leave(app);
            // The first restart takes less than a second: the page stays, its status bar tells.
            if crashes == 1 && app.state::<Desk>().gate.get() != Pass::Local {
                app.state::<Desk>().gate.set(Pass::Nothing);
            } else {
                screen::show(app, Screen::reconnecting(ending));
            }
        }
        Update::Down { failure, lines } => {
            Tray::show(app, Look::Stopped, "Engine stopped");
            Tray::appear(app);
            leave(app);
            let log = app.state::<Desk>().log.is_file();
            screen::show(app, Screen::down(&failure, lines, log));
        }
        Update::Event(event) => said(app, event),
    }
}

/// A second start handed these folders over.
pub fn handed(app: &AppHandle, folders: Vec<String>) {
    if !folders.is_empty() {
        app.state::<Desk>().engine.open(folders);
    }
    window::bring_to_front(app);
}

fn said(app: &AppHandle, event: Event) {
    let desk = app.state::<Desk>();
    match event {
        Event::Progress { text, .. } => {
            if desk.gate.get() == Pass::Local {
                screen::show(app, Screen::stage(&text));
            }
        }
        Event::Activity {
            running,
            queued,
            attention,
            text,
        } => {
            Tray::show(app, Look::of(running + queued, attention), &text);
        }
        Event::Notify { title, body, url } => {
            if !window::is_focused(app) {
                notify::show(app, title, body, url);
            }
        }
        Event::PickFolder { request, title } => {
            dialogs::pick_folder(app, &title, move |desk, path| {
                desk.engine.picked(request, path.map(text));
            })
        }
        Event::SaveAs { request, name } => dialogs::save_as(app, &name, move |desk, path| {
            desk.engine.picked(request, path.map(text));
        }),
        Event::Reveal { path } => opener::reveal(path.into()),
        Event::Focus => window::bring_to_front(app),
        Event::Closing { to_tray } => desk.closing.prefer(to_tray),
        // The supervisor keeps these to itself.
        Event::Ready { .. } | Event::Fatal { .. } => {}
    }
}

fn ready(app: &AppHandle, port: u16, enter: &str) {
    let desk = app.state::<Desk>();
    let pass = Pass::Engine(port);
    let url = pages::entrance(enter, desk.take_back().as_deref(), &pass);
    let (Some(window), Some(url)) = (app.get_webview_window(LABEL), url) else {
        tracing::error!("the engine is ready, but there is nowhere to go");
        return;
    };
    desk.gate.set(pass);
    Tray::show(app, Look::Idle, "Ready");
    desk.engine.tray(desk.closing.has_tray());
    if let Err(error) = window.navigate(url) {
        tracing::error!(%error, "the engine's page could not be opened");
    }
}

/// The engine is gone: remember the page, so that the window can come back to it.
pub fn leave(app: &AppHandle) {
    let desk = app.state::<Desk>();
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    let path = |url: Url| pages::path_of(&url, &desk.gate.get());
    if let Some(path) = window.url().ok().and_then(path) {
        desk.set_back(Some(path));
    }
}

fn text(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}
