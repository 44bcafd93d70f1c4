//! Why the sidecar is not running, in words for the person at the window.

use std::{fmt, path::PathBuf, process::ExitStatus, time::Duration};

/// How a sidecar process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    pub code: Option<i32>,
    pub signal: Option<i32>,
}

impl From<ExitStatus> for Ending {
    fn from(status: ExitStatus) -> Self {
        #[cfg(unix)]
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        #[cfg(not(unix))]
        let signal = None;
        Self {
            code: status.code(),
            signal,
        }
    }
}

impl Ending {
    fn killed(self) -> bool {
        self.signal == Some(9) || self.code == Some(137)
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code, self.signal) {
            (Some(code), _) => write!(out, "with exit code {code}"),
            (None, Some(9)) => out.write_str("by signal 9 (SIGKILL)"),
            (None, Some(11)) => out.write_str("by signal 11 (SIGSEGV)"),
            (None, Some(signal)) => write!(out, "by signal {signal}"),
            (None, None) => out.write_str("for an unknown reason"),
        }
    }
}

/// Why the engine stays down until somebody asks for a restart.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("The engine could not be started: {} could not be run ({source}).", program.display())]
    Spawn {
        program: PathBuf,
        source: std::io::Error,
    },
    #[error("The engine was started but did not answer within {} seconds.", within.as_secs())]
    Silent { within: Duration },
    #[error("{text}")]
    Fatal {
        code: String,
        text: String,
        hint: String,
    },
    #[error("The engine ended {ending}, {crashes} times within a minute.")]
    Crashed { ending: Ending, crashes: usize },
}

impl Failure {
    /// A short name that does not change with the wording.
    pub fn code(&self) -> &str {
        match self {
            Self::Spawn { .. } => "engine_missing",
            Self::Silent { .. } => "engine_silent",
            Self::Fatal { code, .. } => code,
            Self::Crashed { .. } => "engine_crashed",
        }
    }

    /// What to do next.
    pub fn hint(&self) -> &str {
        match self {
            Self::Spawn { .. } => {
                "Install DJDesk again, or name the engine's program in DJDESK_SIDECAR."
            }
            Self::Silent { .. } => "Restart the engine. If it happens again, look into the log.",
            Self::Fatal { hint, .. } => hint,
            Self::Crashed { ending, .. } if ending.killed() => {
                "Most often the system was out of memory. Close other programs, then restart the engine."
            }
            Self::Crashed { .. } => "The last lines below, or the log, say why.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_says_code_or_signal() {
        let ending = |code, signal| Ending { code, signal }.to_string();
        assert_eq!(ending(Some(3), None), "with exit code 3");
        assert_eq!(ending(None, Some(9)), "by signal 9 (SIGKILL)");
        assert_eq!(ending(None, Some(6)), "by signal 6");
    }

    #[test]
    fn a_killed_engine_hints_at_memory() {
        let ending = Ending {
            code: None,
            signal: Some(9),
        };
        assert!(
            Failure::Crashed { ending, crashes: 5 }
                .hint()
                .contains("memory")
        );
    }

    #[test]
    fn a_fatal_message_is_shown_as_it_came() {
        let failure = Failure::Fatal {
            code: "c".into(),
            text: "No room.".into(),
            hint: "Free some.".into(),
        };
        assert_eq!(
            (failure.to_string().as_str(), failure.hint()),
            ("No room.", "Free some.")
        );
    }
}
