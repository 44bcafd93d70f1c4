//! The window's program: the engine first, then everything that can be seen.

use std::{error::Error, path::PathBuf, time::Instant};

use djdesk_sidecar_host::{Engine, Greeting, Program, Settings, Update};
use tauri::{AppHandle, RunEvent, WindowEvent};
use tokio::sync::{mpsc::UnboundedReceiver, oneshot};

use crate::{
    chosen::chosen,
    closing,
    desk::Desk,
    drops, exit, follow, logs,
    places::{self, Places},
    window,
};

const CAPABILITIES: [&str; 4] = ["pick_folder", "save_as", "reveal", "notify"];

pub fn run(paths: Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    #[cfg(target_os = "linux")]
    crate::display::choose_renderer();
    let places = Places::find();
    let log = logs::begin(&places.logs);
    let folders: Vec<String> = paths
        .iter()
        .map(|path| path.to_string_lossy().into())
        .collect();

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("djdesk")
        .enable_all()
        .build()?;
    let _inside = runtime.enter();
    tauri::async_runtime::set(runtime.handle().clone());

    #[cfg(target_os = "linux")]
    let (handed, held) = match claim(&runtime, &places, &folders) {
        Some(claimed) => claimed,
        None => return Ok(()),
    };
    // Before GTK, which takes longer to start: the two overlap.
    let (engine, updates) = Engine::start(settings(&places, folders));
    let (appeared, appears) = oneshot::channel();
    exit::on_signals(appears)?;
    #[cfg(target_os = "linux")]
    if let Err(why) = crate::display::connect() {
        exit::shut_down(&engine);
        crate::hand_over::to_server(&why, paths);
    }

    let desk = Desk::new(engine.clone(), log, places.cache);
    let app = builder(desk).setup(move |app| {
        set_up(app.handle(), updates)?;
        let _ = appeared.send(app.handle().clone());
        #[cfg(target_os = "linux")]
        if let Some(handed) = handed {
            tauri::async_runtime::spawn(open_handed(app.handle().clone(), handed));
        }
        tracing::info!(after = ?began.elapsed(), "window built");
        Ok(())
    });
    app.build(tauri::generate_context!())?
        .run(move |_app, event| match event {
            // Every orderly end comes by here; Cmd+Q comes by nowhere else.
            RunEvent::Exit => {
                #[cfg(target_os = "linux")]
                if let Some(held) = &held {
                    held.stop_answering();
                }
                exit::shut_down(&engine);
            }
            #[cfg(target_os = "macos")]
            RunEvent::Opened { urls } => {
                let paths = urls.iter().filter_map(|url| url.to_file_path().ok());
                engine.open(paths.map(|path| path.to_string_lossy().into()).collect());
                window::bring_to_front(_app);
            }
            _ => {}
        });
    Ok(())
}

fn settings(places: &Places, open: Vec<String>) -> Settings {
    let chosen = |path: &PathBuf| path.to_string_lossy().into_owned();
    let greeting = Greeting {
        // Null where the sidecar's own choice is meant, which is the same.
        data_dir: places.chosen.as_ref().map(chosen),
        log_dir: places.chosen.as_ref().map(|_| chosen(&places.logs)),
        version: env!("CARGO_PKG_VERSION").into(),
        open,
        capabilities: CAPABILITIES.map(String::from).into(),
    };
    Settings::new(Program::new(places::sidecar()), greeting)
}

fn builder(desk: Desk) -> tauri::Builder<tauri::Wry> {
    let builder = tauri::Builder::default()
        .manage(desk)
        // Of the tray's menu as of the menu bar, which is there before the tray.
        .on_menu_event(chosen)
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(drag) => drops::happened(window, drag),
            WindowEvent::CloseRequested { api, .. } if closing::hidden_instead(window) => {
                api.prevent_close();
            }
            _ => {}
        });
    #[cfg(not(target_os = "linux"))]
    let builder = builder
        .plugin(tauri_plugin_single_instance::init(
            |app, arguments, directory| {
                let directory = std::path::Path::new(&directory);
                let paths = arguments.iter().skip(1);
                let paths = paths.map(|path| crate::arguments::absolute(path.as_ref(), directory));
                follow::handed(
                    app,
                    paths.map(|path| path.to_string_lossy().into()).collect(),
                );
            },
        ))
        .plugin(tauri_plugin_notification::init());
    #[cfg(target_os = "macos")]
    let builder = builder.menu(crate::menu::build);
    builder
}

fn set_up(app: &AppHandle, updates: UnboundedReceiver<Update>) -> tauri::Result<()> {
    window::build(app)?;
    tauri::async_runtime::spawn(follow::updates(app.clone(), updates));
    Ok(())
}

#[cfg(target_os = "linux")]
type Claimed = (
    Option<UnboundedReceiver<Vec<String>>>,
    Option<crate::instance::Held>,
);

/// None where another window took the folders over, or does not answer.
#[cfg(target_os = "linux")]
fn claim(
    runtime: &tokio::runtime::Runtime,
    places: &Places,
    folders: &crate::instance::Folders,
) -> Option<Claimed> {
    use crate::instance::{Claim, claim};
    match runtime.block_on(claim(&places.data, folders)) {
        Claim::First(Some(instance)) => Some((Some(instance.folders), Some(instance.held))),
        Claim::First(None) => Some((None, None)),
        Claim::HandedOver => None,
        Claim::Unanswered => {
            eprintln!("djdesk: a DJDesk window is open already, but it does not answer.");
            std::process::exit(1)
        }
    }
}

#[cfg(target_os = "linux")]
async fn open_handed(app: AppHandle, mut handed: UnboundedReceiver<Vec<String>>) {
    while let Some(folders) = handed.recv().await {
        let handle = app.clone();
        let told = app.run_on_main_thread(move || follow::handed(&handle, folders));
        if let Err(error) = told {
            tracing::warn!(%error, "the window is gone");
        }
    }
}
