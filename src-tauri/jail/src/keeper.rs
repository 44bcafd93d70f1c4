//! Holds the command from start to end: deadline, requests to stop, lifelines, and the last word.

use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::manifest::Manifest;
use crate::policy::{Policy, Tier};
use crate::report::{self, Ended, Started};
use crate::{child, sys, tree};

const STDIN: RawFd = 0;
const LINE_LIMIT: usize = 4 << 20;

#[derive(Deserialize)]
struct Request {
    stop: Stop,
}

#[derive(Deserialize)]
struct Stop {
    grace_s: f64,
}

pub fn run(report: RawFd, parent: RawFd) -> ExitCode {
    match keep(report, parent) {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, message)) => {
            sys::write_line(report, &report::error(code, &message));
            ExitCode::FAILURE
        }
    }
}

type Failure = (&'static str, String);

fn keep(report: RawFd, parent: RawFd) -> Result<(), Failure> {
    let set_up = |error: std::io::Error| ("set_up_failed", error.to_string());
    sys::become_subreaper().map_err(set_up)?;
    sys::set_close_on_exec(report, true).map_err(set_up)?;
    sys::set_close_on_exec(parent, true).map_err(set_up)?;
    let (line, rest) = first_line().ok_or(("bad_policy", "no policy was given".to_owned()))?;
    let policy = Policy::parse(&line).map_err(|message| ("bad_policy", message))?;
    if !matches!(policy.tier, Tier::Auto | Tier::Guarded) {
        let message = "This tier is not part of this version of DJDesk.".to_owned();
        return Err(("tier_unavailable", message));
    }
    let signals = sys::signal_fd().map_err(set_up)?;
    let before = policy.manifest.then(|| Manifest::take(&policy.root));
    let started = Instant::now();
    let child =
        child::spawn(&policy).map_err(|error| ("spawn_failed", child::explain(&error, &policy)))?;
    let pid = child.id().cast_signed();
    let told = Started {
        pid,
        create_time: sys::create_time(pid),
        tier: report::TIER,
    };
    sys::write_line(report, &report::started(&told));
    let end = Watch::new(pid, &policy, parent, signals, rest).until_ended();
    let seconds = started.elapsed().as_secs_f64();
    let manifest = before.map(|before| before.compare(&Manifest::take(&policy.root), &policy.root));
    let (exit, signal) = sys::decode(end.status);
    let ended = Ended {
        exit,
        signal,
        timed_out: end.timed_out,
        stopped: end.stopped,
        seconds,
        usage: sys::usage_of_children(),
        tier: report::TIER,
        tier_reasons: report::reasons(),
        manifest,
        attempted_writes: None,
    };
    sys::write_line(report, &report::ended(&ended));
    Ok(())
}

/// The first line of standard input, and what was read behind it.
fn first_line() -> Option<(String, Vec<u8>)> {
    let mut buffer = Vec::new();
    while buffer.len() < LINE_LIMIT {
        let data = sys::read(STDIN);
        if data.is_empty() {
            return None;
        }
        buffer.extend(data);
        if let Some(at) = buffer.iter().position(|&byte| byte == b'\n') {
            let rest = buffer.split_off(at + 1);
            buffer.truncate(at);
            return String::from_utf8(buffer).ok().map(|line| (line, rest));
        }
    }
    None
}

struct End {
    status: i32,
    timed_out: bool,
    stopped: bool,
}

/// The wait for the end of one command.
struct Watch {
    pid: i32,
    parent: RawFd,
    signals: OwnedFd,
    requests: Vec<u8>,
    grace: Duration,
    deadline: Option<Instant>,
    kill_at: Option<Instant>,
    end: End,
}

impl Watch {
    fn new(pid: i32, policy: &Policy, parent: RawFd, signals: OwnedFd, requests: Vec<u8>) -> Self {
        Self {
            pid,
            parent,
            signals,
            requests,
            grace: policy.grace(),
            deadline: policy.timeout().map(|timeout| Instant::now() + timeout),
            kill_at: None,
            end: End {
                status: 0,
                timed_out: false,
                stopped: false,
            },
        }
    }

    fn until_ended(mut self) -> End {
        self.take_requests();
        loop {
            let fds = [STDIN, self.parent, self.signals.as_raw_fd()];
            let ready = sys::poll(&fds, self.wait_ms());
            if ready[2] && self.take_signals() {
                break;
            }
            if ready[1] || (ready[0] && !self.read_requests()) {
                // A lifeline ended: whoever wanted this command is gone.
                self.end.stopped = true;
                break;
            }
            let now = Instant::now();
            if self.kill_at.is_some_and(|at| now >= at) {
                break;
            }
            if self.kill_at.is_none() && self.deadline.is_some_and(|at| now >= at) {
                self.end.timed_out = true;
                self.ask_to_end(self.grace);
            }
        }
        // Whatever is left now is left over, be it the command or something it started.
        for (pid, status) in tree::kill_all() {
            self.note(pid, status);
        }
        self.end
    }

    fn wait_ms(&self) -> i32 {
        let next = self.kill_at.or(self.deadline);
        next.map_or(-1, |at| {
            let left = at.saturating_duration_since(Instant::now()).as_millis() + 1;
            i32::try_from(left).unwrap_or(i32::MAX)
        })
    }

    /// Handles the signals that came; true once the command has ended.
    fn take_signals(&mut self) -> bool {
        let mut ended = false;
        for signal in sys::read_signals(&self.signals) {
            if signal == libc::SIGCHLD {
                while let Some((pid, status)) = sys::reap() {
                    ended |= self.note(pid, status);
                }
            } else {
                self.end.stopped = true;
                self.ask_to_end(self.grace);
            }
        }
        ended
    }

    fn note(&mut self, pid: i32, status: i32) -> bool {
        if pid == self.pid {
            self.end.status = status;
        }
        pid == self.pid
    }

    fn read_requests(&mut self) -> bool {
        let data = sys::read(STDIN);
        if data.is_empty() {
            return false;
        }
        self.requests.extend(data);
        self.take_requests();
        true
    }

    fn take_requests(&mut self) {
        while let Some(at) = self.requests.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = self.requests.drain(..=at).collect();
            if let Ok(request) = serde_json::from_slice::<Request>(&line) {
                self.end.stopped = true;
                let grace = Duration::try_from_secs_f64(request.stop.grace_s);
                self.ask_to_end(grace.unwrap_or(self.grace));
            }
        }
    }

    fn ask_to_end(&mut self, grace: Duration) {
        let at = Instant::now() + grace;
        if self.kill_at.is_none_or(|earlier| at < earlier) {
            self.kill_at = Some(at);
        }
        sys::kill(-self.pid, libc::SIGTERM);
    }
}
