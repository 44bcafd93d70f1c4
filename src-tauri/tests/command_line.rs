//! The program as a shell sees it, with a script in the sidecar's place. No display is needed.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    reason = "a test that cannot be set up has failed"
)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Output},
};

/// Tells its arguments and its environment, and ends with a code of its own.
const SIDECAR: &str = "#!/bin/sh\nfor each; do echo \"<$each>\"; done\nenv\nexit 7\n";

struct Program {
    directory: tempfile::TempDir,
    command: Command,
}

impl Program {
    fn with(arguments: &[&str]) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let mut command = Command::new(env!("CARGO_BIN_EXE_djdesk"));
        command
            .args(arguments)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("DJDESK_DATA_DIR", directory.path())
            .current_dir(directory.path());
        Self { directory, command }
    }

    fn sidecar(&self) -> PathBuf {
        let path = self.directory.path().join("sidecar");
        fs::write(&path, SIDECAR).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made executable");
        path
    }

    fn run(mut self) -> Output {
        self.command.env("DJDESK_SIDECAR", self.sidecar());
        self.command.output().expect("run")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_subcommand_becomes_the_sidecars_command_line() {
    let output = Program::with(&["inspect", "a b", "--trust"]).run();
    let said = text(&output.stdout);
    assert!(
        said.starts_with("<cli>\n<inspect>\n<a b>\n<--trust>\n"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(7));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn an_option_is_for_the_command_line_too() {
    let said = text(&Program::with(&["--version"]).run().stdout);
    assert!(said.starts_with("<cli>\n<--version>\n"), "{said}");
}

#[test]
fn the_command_line_inherits_no_python_or_django_variable() {
    let mut program = Program::with(&["doctor"]);
    program
        .command
        .env("PYTHONPATH", "/x")
        .env("DJANGO_SETTINGS_MODULE", "x")
        .env("KEPT", "y");
    let said = text(&program.run().stdout);
    assert!(
        !said.contains("PYTHONPATH") && !said.contains("DJANGO_SETTINGS_MODULE"),
        "{said}"
    );
    assert!(said.contains("KEPT=y"), "{said}");
}

#[test]
fn without_a_display_it_says_so_and_serves_the_folder() {
    let program = Program::with(&["shop"]);
    let folder = program.directory.path().join("shop");
    let output = program.run();
    assert!(text(&output.stdout).starts_with(&format!("<cli>\n<serve>\n<{}>\n", folder.display())));
    assert!(
        text(&output.stderr).contains("there is no display"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(7));
}

#[cfg(target_os = "linux")]
#[test]
fn a_display_that_cannot_be_reached_is_none() {
    let mut program = Program::with(&["shop"]);
    program.command.env("DISPLAY", ":987");
    let output = program.run();
    assert!(
        text(&output.stdout).starts_with("<cli>\n<serve>\n"),
        "{}",
        text(&output.stdout)
    );
    let said = text(&output.stderr);
    assert!(
        said.contains("the display :987 cannot be reached"),
        "{said}"
    );
}

#[test]
fn a_missing_sidecar_is_named() {
    let mut program = Program::with(&["doctor"]);
    program
        .command
        .env("DJDESK_SIDECAR", "/nowhere/djdesk-sidecar");
    let output = program.command.output().expect("run");
    assert!(text(&output.stderr).contains("/nowhere/djdesk-sidecar"));
    assert_eq!(output.status.code(), Some(126));
}
