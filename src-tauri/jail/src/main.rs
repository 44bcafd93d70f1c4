//! `djdesk-jail`: runs one command, keeps hold of everything it starts, reports what it changed.
//!
//! `djdesk-jail run --report-fd N` reads a policy from the first line of its standard input, which
//! then stays open as a lifeline: when it ends, the command and all its descendants are killed. A
//! later line `{"stop":{"grace_s":3}}` asks for an orderly end. Reports are JSON lines on `N`.

mod manifest;
mod policy;
mod report;

#[cfg(target_os = "linux")]
mod child;
#[cfg(target_os = "linux")]
mod keeper;
#[cfg(target_os = "linux")]
mod launcher;
#[cfg(target_os = "linux")]
mod sys;
#[cfg(target_os = "linux")]
mod tree;

use std::process::ExitCode;

const USAGE: &str = "usage: djdesk-jail run --report-fd N | probe DIR | --version";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--version"] => {
            println!("djdesk-jail {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        ["probe", _] => {
            println!("{}", report::probe());
            ExitCode::SUCCESS
        }
        #[cfg(target_os = "linux")]
        ["run", "--report-fd", fd] => with_fd(fd, launcher::run),
        #[cfg(target_os = "linux")]
        ["keep", "--report-fd", fd, "--parent-fd", parent] => match (fd.parse(), parent.parse()) {
            (Ok(fd), Ok(parent)) => keeper::run(fd, parent),
            _ => usage(),
        },
        _ => usage(),
    }
}

#[cfg(target_os = "linux")]
fn with_fd(text: &str, run: fn(i32) -> ExitCode) -> ExitCode {
    text.parse().map_or_else(|_| usage(), run)
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
