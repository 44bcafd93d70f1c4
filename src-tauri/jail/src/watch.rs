//! The wait for the end of one command: deadline, requests to stop, lifelines, room on the disk.

use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::keeper::Keeper;
use crate::sys::Free;
use crate::tier::Tier;
use crate::{sys, tree};

/// Nothing tells of a disk that fills, so it is looked at this often.
const DISK_LOOK: Duration = Duration::from_millis(500);
/// The command is ended when it leaves less than this and took that much itself ...
const LEAST_FREE_BYTES: u64 = 256 << 20;
/// ... or took this much.
const MOST_TAKEN_BYTES: u64 = 16 << 30;
/// The same of files, of which many file systems have room for a fixed number.
const LEAST_FREE_FILES: u64 = 16_384;

#[derive(Deserialize)]
struct Request {
    stop: Stop,
}

#[derive(Deserialize)]
struct Stop {
    grace_s: f64,
}

pub struct Outcome {
    pub status: i32,
    pub timed_out: bool,
    pub stopped: bool,
    pub disk_full: bool,
    /// How many processes ran when their end was asked for. None: nobody asked, or nobody knows.
    pub processes: Option<usize>,
}

pub struct Watch {
    tier: Tier,
    pid: i32,
    lifeline: RawFd,
    parent: RawFd,
    signals: OwnedFd,
    requests: Vec<u8>,
    grace: Duration,
    deadline: Option<Instant>,
    kill_at: Option<Instant>,
    scratch: PathBuf,
    free_at_start: Option<Free>,
    look_at: Instant,
    end: Outcome,
}

impl Watch {
    pub fn new(pid: i32, keeper: &Keeper<'_>, signals: OwnedFd, requests: Vec<u8>) -> Self {
        let now = Instant::now();
        let scratch = keeper.places.home();
        Self {
            tier: keeper.tier,
            pid,
            lifeline: keeper.lifeline,
            parent: keeper.parent,
            signals,
            requests,
            grace: keeper.policy.grace(),
            deadline: keeper.policy.timeout().map(|timeout| now + timeout),
            kill_at: None,
            free_at_start: sys::free(&scratch),
            scratch,
            look_at: now + DISK_LOOK,
            end: Outcome {
                status: 0,
                timed_out: false,
                stopped: false,
                disk_full: false,
                processes: None,
            },
        }
    }

    pub fn until_ended(mut self) -> Outcome {
        self.take_requests();
        loop {
            let fds = [self.lifeline, self.parent, self.signals.as_raw_fd()];
            let ready = sys::poll(&fds, self.wait_ms());
            if ready[2] && self.take_signals() {
                break;
            }
            if ready[1] || (ready[0] && !self.read_requests()) {
                // A lifeline ended: whoever wanted this command is gone.
                self.end.stopped = true;
                self.count();
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
            if now >= self.look_at {
                self.look_at = now + DISK_LOOK;
                if self.disk_fills() {
                    self.end.disk_full = true;
                    self.count();
                    break;
                }
            }
        }
        // Whatever is left now is left over, be it the command or something it started.
        for (pid, status) in tree::kill_all(self.tier) {
            self.note(pid, status);
        }
        self.end
    }

    fn wait_ms(&self) -> i32 {
        let end = self.kill_at.or(self.deadline);
        let next = end.map_or(self.look_at, |end| end.min(self.look_at));
        let left = next.saturating_duration_since(Instant::now()).as_millis() + 1;
        i32::try_from(left).unwrap_or(i32::MAX)
    }

    fn disk_fills(&self) -> bool {
        let (Some(before), Some(now)) = (&self.free_at_start, sys::free(&self.scratch)) else {
            return false;
        };
        let taken = before.bytes.saturating_sub(now.bytes);
        let files = before.files.zip(now.files).is_some_and(|(before, now)| {
            now < LEAST_FREE_FILES && before.saturating_sub(now) > LEAST_FREE_FILES
        });
        taken > MOST_TAKEN_BYTES
            || (now.bytes < LEAST_FREE_BYTES && taken > LEAST_FREE_BYTES)
            || files
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
        let data = sys::read(self.lifeline);
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

    fn count(&mut self) {
        if self.end.processes.is_none() {
            self.end.processes = tree::running();
        }
    }

    fn ask_to_end(&mut self, grace: Duration) {
        self.count();
        let at = Instant::now() + grace;
        if self.kill_at.is_none_or(|earlier| at < earlier) {
            self.kill_at = Some(at);
        }
        sys::kill(-self.pid, libc::SIGTERM);
    }
}
