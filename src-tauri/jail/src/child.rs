//! Starting the command itself.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use crate::policy::Policy;

/// Starts the command in a session of its own, with exactly the environment of the policy.
pub fn spawn(policy: &Policy) -> io::Result<Child> {
    let mut command = Command::new(&policy.argv[0]);
    command
        .args(&policy.argv[1..])
        .current_dir(&policy.cwd)
        .env_clear()
        .envs(&policy.env)
        .stdin(Stdio::null());
    // SAFETY: only async-signal-safe calls between fork and exec.
    unsafe {
        command.pre_exec(|| {
            if libc::setsid() < 0 {
                return Err(io::Error::last_os_error());
            }
            // What the keeper blocks to read it from a descriptor passes through exec.
            let mut nothing = std::mem::zeroed();
            libc::sigemptyset(&raw mut nothing);
            libc::sigprocmask(libc::SIG_SETMASK, &raw const nothing, std::ptr::null_mut());
            let none = libc::rlimit {
                rlim_cur: 0,
                rlim_max: 0,
            };
            libc::setrlimit(libc::RLIMIT_CORE, &raw const none);
            Ok(())
        });
    }
    command.spawn()
}

/// What went wrong with a start, for people.
pub fn explain(error: &io::Error, policy: &Policy) -> String {
    let program = &policy.argv[0];
    match error.kind() {
        io::ErrorKind::NotFound if !policy.cwd.is_dir() => {
            format!("The folder {} is gone.", policy.cwd.display())
        }
        io::ErrorKind::NotFound => {
            format!("{program} does not exist, or its own interpreter does not.")
        }
        io::ErrorKind::PermissionDenied => format!("{program} may not be executed."),
        _ => format!("{program} could not be started: {error}."),
    }
}
