//! Reads the policy, tries its tiers in turn, and says how it ended.
//!
//! It stands above the keeper: if one of the two is killed, the other ends the command.

use std::cell::OnceCell;
use std::os::fd::RawFd;
use std::process::ExitCode;

use crate::manifest::Manifest;
use crate::places::{Places, remove};
use crate::policy::Policy;
use crate::report::{self, Ended, Reason, Started};
use crate::runner::{Outcome, Run, Runner};
use crate::sys;
use crate::tier::Tier;

const STDIN: RawFd = 0;
const LINE_LIMIT: usize = 4 << 20;

struct Failure {
    code: String,
    message: String,
    reasons: Vec<Reason>,
}

impl Failure {
    fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            reasons: Vec::new(),
        }
    }
}

pub fn run(report: RawFd) -> ExitCode {
    match start(report) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let line = report::error(&failure.code, &failure.message, &failure.reasons);
            sys::write_line(report, &line);
            ExitCode::FAILURE
        }
    }
}

fn start(report: RawFd) -> Result<(), Failure> {
    let set_up = |error: std::io::Error| Failure::new("set_up_failed", error.to_string());
    sys::become_subreaper().map_err(set_up)?;
    sys::set_close_on_exec(report, true).map_err(set_up)?;
    let signals = sys::signal_fd().map_err(set_up)?;
    let (line, rest) =
        first_line().ok_or_else(|| Failure::new("bad_policy", "no policy was given"))?;
    let policy = Policy::parse(&line).map_err(|message| Failure::new("bad_policy", message))?;
    let places = Places::of(&policy).map_err(|message| Failure::new("set_up_failed", message))?;
    let runner = Runner {
        policy: &policy,
        places: &places,
        lifeline: STDIN,
        requests: &rest,
        signals: &signals,
        before: OnceCell::new(),
    };
    let (tier, tier_reasons, run) = first_that_works(&runner, report)?;
    let before = runner.before.into_inner();
    let mut notes = run.end.notes.clone();
    notes.extend(
        before
            .as_ref()
            .and_then(|before| foreign_note(tier, before)),
    );
    let manifest = before.map(|before| {
        before.compare(
            &Manifest::take_again(&places.root, &places.scratch),
            &places.root,
        )
    });
    let Run {
        end,
        keeper,
        writes,
    } = run;
    if tier.has_namespaces() {
        // Of use to nobody. Removing folders takes time, of which there is some until the keeper is gone.
        let _ = remove(&places.work());
    }
    // With it ends all that it held: mounts, namespaces, descriptors.
    drop(keeper);
    let ended = Ended {
        exit: end.exit,
        signal: end.signal,
        timed_out: end.timed_out,
        stopped: end.stopped,
        disk_full: end.disk_full,
        processes: end.processes,
        seconds: end.seconds,
        usage: end.usage,
        tier,
        tier_reasons,
        manifest,
        attempted_total: writes.as_ref().map_or(0, |writes| writes.total),
        attempted_writes: writes.map(|writes| writes.listed),
        notes,
    };
    sys::write_line(report, &report::ended(&ended));
    Ok(())
}

/// In a namespace an ordinary user is nobody but himself: what belongs to others cannot be copied
/// into the layer that takes the writes, so a write to it fails.
fn foreign_note(tier: Tier, before: &Manifest) -> Option<String> {
    let owners = rustix::process::geteuid();
    if !tier.has_namespaces() || owners.is_root() {
        return None;
    }
    let count = before.foreign((owners.as_raw(), rustix::process::getegid().as_raw()));
    (count > 0).then(|| {
        format!(
            "{count} files belong to another user or group; in copy-on-write a write to one fails."
        )
    })
}

/// The end in the strongest tier that can be set up, and why those before it could not.
fn first_that_works(
    runner: &Runner<'_>,
    report: RawFd,
) -> Result<(Tier, Vec<Reason>, Run), Failure> {
    let mut reasons = Vec::new();
    for &tier in runner.policy.tiers() {
        let outcome = runner.run(tier, |pid| {
            let started = Started {
                pid,
                create_time: sys::create_time(pid),
                tier,
            };
            sys::write_line(report, &report::started(&started));
        });
        match outcome {
            Outcome::Impossible(reason) => reasons.push(Reason { tier, reason }),
            Outcome::Refused { code, message } => return Err(Failure::new(&code, message)),
            Outcome::KeeperDied { signal } => {
                let message =
                    format!("The process that held the command was ended by signal {signal}.");
                return Err(Failure::new("keeper_died", message));
            }
            Outcome::Ended(run) => return Ok((tier, reasons, *run)),
        }
    }
    let tried: Vec<String> = reasons.iter().map(Reason::sentence).collect();
    Err(Failure {
        reasons,
        ..Failure::new("tier_unavailable", tried.join(" "))
    })
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
