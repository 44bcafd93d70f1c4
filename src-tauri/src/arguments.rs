//! What the command line asks for. Pure: nothing is looked up but what is handed in.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// The subcommands of the command line; the sidecar implements them.
const SUBCOMMANDS: [&str; 8] = [
    "serve", "inspect", "search", "run", "export", "presets", "doctor", "help",
];

#[derive(Debug, PartialEq, Eq)]
pub enum Start {
    /// Hand these arguments to the sidecar's command line.
    CommandLine(Vec<OsString>),
    /// There is no display: serve instead, and say so.
    Headless(Vec<PathBuf>),
    Window(Vec<PathBuf>),
}

pub fn start(arguments: Vec<OsString>, directory: &Path, display: bool) -> Start {
    let mut arguments = arguments;
    match arguments.first() {
        Some(first) if first == "--" => drop(arguments.remove(0)),
        Some(first) if is_command(first) => return Start::CommandLine(arguments),
        _ => {}
    }
    let paths = arguments
        .iter()
        .map(|path| absolute(path, directory))
        .collect();
    if display {
        Start::Window(paths)
    } else {
        Start::Headless(paths)
    }
}

fn is_command(argument: &OsStr) -> bool {
    let text = argument.to_string_lossy();
    text.starts_with('-') || SUBCOMMANDS.contains(&text.as_ref())
}

/// A folder as named on the command line or, as a `file:` URL, by a desktop's launcher.
pub fn absolute(argument: &OsStr, directory: &Path) -> PathBuf {
    if let Some(path) = url::Url::parse(&argument.to_string_lossy())
        .ok()
        .filter(|url| url.scheme() == "file")
        .and_then(|url| url.to_file_path().ok())
    {
        return path;
    }
    directory.join(argument)
}

/// Whether a window can be opened at all, as far as the environment says.
pub fn has_display(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(arguments: &[&str], display: bool) -> Start {
        let arguments = arguments.iter().map(OsString::from).collect();
        start(arguments, Path::new("/home/me"), display)
    }

    #[test]
    fn no_argument_opens_the_window() {
        assert_eq!(started(&[], true), Start::Window(vec![]));
    }

    #[test]
    fn paths_become_absolute() {
        assert_eq!(
            started(&["shop", "/srv/x y", "file:///srv/h%C3%A9"], true),
            Start::Window(vec![
                "/home/me/shop".into(),
                "/srv/x y".into(),
                "/srv/hé".into()
            ])
        );
    }

    #[test]
    fn a_subcommand_or_an_option_is_for_the_command_line() {
        for arguments in [
            &["inspect", "."][..],
            &["--version"],
            &["-h"],
            &["run"],
            &["--bad"],
        ] {
            let expected = arguments.iter().map(OsString::from).collect();
            assert_eq!(started(arguments, false), Start::CommandLine(expected));
        }
    }

    #[test]
    fn after_two_dashes_everything_is_a_path() {
        let paths = vec!["/home/me/run".into()];
        assert_eq!(started(&["--", "run"], true), Start::Window(paths));
        assert_eq!(
            started(&["./run"], true),
            Start::Window(vec!["/home/me/./run".into()])
        );
    }

    #[test]
    fn without_a_display_it_serves() {
        assert_eq!(
            started(&["x"], false),
            Start::Headless(vec!["/home/me/x".into()])
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn either_display_will_do_but_not_an_empty_one() {
        assert!(has_display(
            |name| (name == "WAYLAND_DISPLAY").then(|| "wayland-0".into())
        ));
        assert!(has_display(|name| (name == "DISPLAY").then(|| ":0".into())));
        assert!(!has_display(|name| (name == "DISPLAY").then(OsString::new)));
        assert!(!has_display(|_| None));
    }
}
