//! `djdesk-jail`: runs one command behind walls, keeps hold of everything it starts, reports what it
//! tried to write and what it changed.
//!
//! `djdesk-jail run --report-fd N` reads a policy from the first line of its standard input, which
//! then stays open as a lifeline: when it ends, the command and all its descendants are killed. A
//! later line `{"stop":{"grace_s":3}}` asks for an orderly end. Reports are JSON lines on `N`.

#[cfg(target_os = "linux")]
mod attempts;
#[cfg(target_os = "linux")]
mod child;
#[cfg(target_os = "linux")]
mod confine;
#[cfg(target_os = "linux")]
mod fresh;
#[cfg(target_os = "linux")]
mod keeper;
#[cfg(target_os = "linux")]
mod launcher;
#[cfg(target_os = "linux")]
mod manifest;
#[cfg(target_os = "linux")]
mod names;
#[cfg(target_os = "linux")]
mod pending;
#[cfg(target_os = "linux")]
mod places;
#[cfg(target_os = "linux")]
mod policy;
#[cfg(target_os = "linux")]
mod probe;
#[cfg(target_os = "linux")]
mod report;
#[cfg(target_os = "linux")]
mod runner;
#[cfg(target_os = "linux")]
mod shadow;
#[cfg(target_os = "linux")]
mod snapshots;
#[cfg(target_os = "linux")]
mod sys;
#[cfg(target_os = "linux")]
mod tier;
#[cfg(target_os = "linux")]
mod tree;
#[cfg(target_os = "linux")]
mod walk;
#[cfg(target_os = "linux")]
mod watch;
#[cfg(target_os = "linux")]
mod word;
#[cfg(target_os = "linux")]
mod writes;

use std::process::ExitCode;

const USAGE: &str = "usage: djdesk-jail run --report-fd N | probe DIR | --version";

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("djdesk-jail: its walls are made of Linux; this system has none of them.\n{USAGE}");
    ExitCode::from(2)
}

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--version"] => {
            println!("djdesk-jail {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        ["probe", folder] => probe::run(folder.as_ref()),
        // What the probe runs inside; it tries what must not work.
        ["attempt", folder] => attempts::run(folder.as_ref()),
        ["run", "--report-fd", fd] => fd.parse().map_or_else(|_| usage(), launcher::run),
        _ => usage(),
    }
}

#[cfg(target_os = "linux")]
fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
