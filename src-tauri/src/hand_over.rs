//! Becoming the sidecar's command line, before anything of the window exists.

use std::{ffi::OsString, path::PathBuf, process::Command};

use djdesk_sidecar_host::scrubbed;

/// What a shell answers for a program that cannot be run.
const CANNOT_RUN: i32 = 126;

/// Run `SIDECAR cli ARGUMENT…` in this process's place. Never returns.
pub fn to_command_line(arguments: impl IntoIterator<Item = OsString>) -> ! {
    let program = crate::places::sidecar();
    let mut command = Command::new(&program);
    command.arg("cli").args(arguments);
    for name in scrubbed() {
        command.env_remove(name);
    }
    let error = replace(&mut command);
    eprintln!(
        "djdesk: the engine {} could not be run: {error}",
        program.display()
    );
    eprintln!("Install DJDesk again, or name the engine's program in DJDESK_SIDECAR.");
    std::process::exit(CANNOT_RUN)
}

/// There is no window to open: serve the pages to a browser instead.
pub fn to_server(why: &str, paths: Vec<PathBuf>) -> ! {
    eprintln!("djdesk: {why}, so no window can be opened. Serving to a browser instead.");
    let arguments = paths.into_iter().take(1).map(PathBuf::into_os_string);
    to_command_line(std::iter::once("serve".into()).chain(arguments))
}

#[cfg(unix)]
fn replace(command: &mut Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

#[cfg(not(unix))]
fn replace(command: &mut Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
