//! Stands above the keeper: if one of the two is killed, the other ends the command.

use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitCode, ExitStatus};

use crate::{report, sys, tree};

pub fn run(report: RawFd) -> ExitCode {
    match start(report) {
        Ok(code) => code,
        Err(error) => {
            sys::write_line(report, &report::error("set_up_failed", &error.to_string()));
            ExitCode::FAILURE
        }
    }
}

fn start(report: RawFd) -> std::io::Result<ExitCode> {
    sys::become_subreaper()?;
    // The keeper reads the end of this pipe as the end of the launcher. It cannot watch standard
    // input for that, because whoever started the launcher holds that one open.
    let (reads, _writes) = sys::pipe()?;
    sys::set_close_on_exec(reads.as_raw_fd(), false)?;
    let mut keeper = Command::new(std::env::current_exe()?)
        .args(["keep", "--report-fd", &report.to_string()])
        .args(["--parent-fd", &reads.as_raw_fd().to_string()])
        .spawn()?;
    drop(reads);
    let status = pass_on_signals(&mut keeper)?;
    if let Some(signal) = status.signal() {
        tree::kill_all();
        let message = format!("The process that held the command was ended by signal {signal}.");
        sys::write_line(report, &report::error("keeper_died", &message));
        return Ok(ExitCode::FAILURE);
    }
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Waits for the keeper; a request to end is passed on to it, since it knows the grace.
fn pass_on_signals(keeper: &mut Child) -> std::io::Result<ExitStatus> {
    let signals = sys::signal_fd()?;
    loop {
        if let Some(status) = keeper.try_wait()? {
            return Ok(status);
        }
        sys::poll(&[signals.as_raw_fd()], -1);
        for signal in sys::read_signals(&signals) {
            if signal != libc::SIGCHLD {
                sys::kill(keeper.id().cast_signed(), signal);
            }
        }
    }
}
