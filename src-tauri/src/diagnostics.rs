//! What "Copy diagnostics" copies: versions, what happened, the last lines. No path outside `~`.

use std::path::Path;

use djdesk_sidecar_host::Failure;

pub fn text(failure: &Failure, lines: &[String]) -> String {
    let mut text = format!(
        "DJDesk {}\nSystem: {} {}\n{}\nProblem: {}\n{}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        tauri::webview_version()
            .map_or_else(|_| "Webview: unknown".into(), |v| format!("Webview: {v}")),
        failure.code(),
        without_home(&failure.to_string()),
    );
    if !lines.is_empty() {
        text.push_str("Last lines:\n");
        for line in lines {
            text.push_str("  ");
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// The line with the home directory, which names its owner, written as `~`.
pub fn without_home(line: &str) -> String {
    replaced(line, dirs::home_dir().as_deref())
}

fn replaced(line: &str, home: Option<&Path>) -> String {
    match home.and_then(Path::to_str) {
        Some(home) if home.len() > 1 => line.replace(home, "~"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_directory_is_not_named() {
        let home = Some(Path::new("/home/ada"));
        assert_eq!(
            replaced("at /home/ada/x and /home/ada/y", home),
            "at ~/x and ~/y"
        );
        assert_eq!(replaced("at /x", Some(Path::new("/"))), "at /x");
    }

    #[test]
    fn the_text_names_the_problem_and_ends_with_the_last_lines() {
        let failure = Failure::Silent {
            within: std::time::Duration::from_secs(60),
        };
        let text = text(&failure, &["last".into()]);
        assert!(text.contains("Problem: engine_silent\n"), "{text}");
        assert!(text.ends_with("Last lines:\n  last\n"), "{text}");
    }
}
