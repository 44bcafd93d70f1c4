//! One sidecar process: its own group (or job), our two pipes, and an environment without traps.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
    process::Stdio,
};

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};

use crate::Failure;

/// What to run.
#[derive(Clone, Debug)]
pub struct Program {
    pub path: PathBuf,
    pub arguments: Vec<OsString>,
}

impl Program {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            arguments: Vec::new(),
        }
    }
}

/// Variables that would make the sidecar's Python load foreign code or settings.
///
/// They come from an AppImage's launcher, an activated environment or a developer's shell.
fn unwanted(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    ["PYTHON", "DJANGO_", "LD_", "DYLD_", "_PYI_", "_MEIPASS"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// The names in this process's environment that a sidecar must not inherit.
pub fn scrubbed() -> Vec<OsString> {
    std::env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| unwanted(name))
        .collect()
}

pub(crate) struct Spawned {
    pub child: Box<dyn ChildWrapper>,
    pub stdin: ChildStdin,
    pub stdout: ChildStdout,
    pub stderr: ChildStderr,
}

pub(crate) fn spawn(program: &Program) -> Result<Spawned, Failure> {
    let failed = |source| Failure::Spawn {
        program: program.path.clone(),
        source,
    };
    let mut command = CommandWrap::with_new(&program.path, |command| {
        command
            .args(&program.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in scrubbed() {
            command.env_remove(name);
        }
    });
    // Behind the lifeline: what is dropped is killed, and a Windows job takes its children along.
    command.wrap(KillOnDrop);
    #[cfg(unix)]
    command.wrap(process_wrap::tokio::ProcessGroup::leader());
    #[cfg(windows)]
    {
        use process_wrap::tokio::{CreationFlags, JobObject};
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command
            .wrap(CreationFlags(CREATE_NO_WINDOW.into()))
            .wrap(JobObject);
    }
    let mut child = command.spawn().map_err(failed)?;
    let pipes = (
        child.stdin().take(),
        child.stdout().take(),
        child.stderr().take(),
    );
    let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
        return Err(failed(std::io::Error::other("its pipes are missing")));
    };
    Ok(Spawned {
        child,
        stdin,
        stdout,
        stderr,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_django_and_loader_variables_are_unwanted() {
        for name in [
            "PYTHONHOME",
            "PYTHONPATH",
            "DJANGO_SETTINGS_MODULE",
            "LD_LIBRARY_PATH",
        ] {
            assert!(unwanted(OsStr::new(name)), "{name}");
        }
        for name in ["PATH", "HOME", "DJDESK_DATA_DIR", "LANG", "DISPLAY"] {
            assert!(!unwanted(OsStr::new(name)), "{name}");
        }
    }
}
