//! Starting the command itself.

use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use crate::confine::mounts::at;
use crate::places::Places;
use crate::policy::Policy;
use crate::tier::Tier;
use crate::{confine, sys};

pub enum Failure {
    /// The walls could not be put up around it.
    SetUp(String),
    /// It could not be executed, for people.
    Spawn(String),
}

/// Starts the command in a session of its own, with exactly the environment of the policy.
pub fn spawn(tier: Tier, policy: &Policy, places: &Places) -> Result<Child, Failure> {
    let (told, tell) = sys::pipe().map_err(|error| Failure::SetUp(error.to_string()))?;
    let mut command = Command::new(&policy.argv[0]);
    command
        .args(&policy.argv[1..])
        .current_dir(&places.cwd)
        .env_clear()
        .envs(&policy.env)
        .stdin(Stdio::null());
    let (policy_inside, places_inside) = (policy.clone(), places.clone());
    // SAFETY: the process has a single thread, so its copy may use everything after the fork.
    unsafe {
        command.pre_exec(move || {
            become_session(tier)
                .and_then(|()| confine::enter(tier, &policy_inside, &places_inside))
                .and_then(|()| sys::close_all_on_exec().map_err(at("open files")))
                .map_err(|message| {
                    sys::write_line(tell.as_raw_fd(), &message);
                    io::Error::other("refused")
                })
        });
    }
    let spawned = command.spawn();
    // The last one that could write into the pipe.
    drop(command);
    spawned.map_err(|error| {
        let message = sys::read(told.as_raw_fd());
        if message.is_empty() {
            Failure::Spawn(explain(&error, policy, places))
        } else {
            Failure::SetUp(String::from_utf8_lossy(&message).trim_end().to_owned())
        }
    })
}

fn become_session(tier: Tier) -> Result<(), String> {
    sys::become_session().map_err(at("session"))?;
    if !tier.has_namespaces() {
        // A keeper that is killed can end nothing any more; its one thread started this process.
        sys::die_with_parent().map_err(at("end with its keeper"))?;
    }
    // The keeper blocks some, to read them from a descriptor.
    sys::block_no_signal().map_err(at("signals"))
}

fn explain(error: &io::Error, policy: &Policy, places: &Places) -> String {
    let program = &policy.argv[0];
    match error.kind() {
        io::ErrorKind::NotFound if !places.cwd.is_dir() => {
            format!("The folder {} is gone.", policy.cwd.display())
        }
        io::ErrorKind::NotFound => {
            format!("{program} does not exist, or its own interpreter does not.")
        }
        io::ErrorKind::PermissionDenied => format!("{program} may not be executed."),
        _ => format!("{program} could not be started: {error}."),
    }
}
