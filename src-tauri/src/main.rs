//! DJDesk's window, and the way to its command line.

// A console window beside ours would be one too many on Windows.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod application;
mod arguments;
mod chosen;
mod closing;
mod desk;
mod diagnostics;
mod dialogs;
#[cfg(target_os = "linux")]
mod display;
mod downloads;
mod drops;
mod exit;
mod follow;
mod hand_over;
#[cfg(target_os = "linux")]
mod instance;
mod logs;
#[cfg(target_os = "macos")]
mod menu;
mod navigation;
mod notify;
mod opener;
mod page_event;
mod pages;
mod places;
mod screen;
#[cfg(target_os = "linux")]
mod session_bus;
#[cfg(any(target_os = "macos", test))]
mod shortcuts;
mod tray;
#[cfg(target_os = "linux")]
mod tray_host;
#[cfg(target_os = "linux")]
mod webkit;
mod window;

use std::env;

use arguments::Start;

fn main() {
    let directory = env::current_dir().unwrap_or_default();
    let display = arguments::has_display(|name| env::var_os(name));
    match arguments::start(env::args_os().skip(1).collect(), &directory, display) {
        Start::CommandLine(arguments) => hand_over::to_command_line(arguments),
        Start::Headless(paths) => hand_over::to_server("there is no display", paths),
        Start::Window(paths) => {
            if let Err(error) = application::run(paths) {
                eprintln!("djdesk: the window cannot be opened: {error}");
                std::process::exit(1);
            }
        }
    }
}
