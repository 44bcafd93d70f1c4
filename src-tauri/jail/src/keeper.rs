//! Holds the command from start to end. In namespaces it is process 1, and the kernel kills all of
//! them with it; elsewhere it is a subreaper and finds its descendants itself.

use std::os::fd::RawFd;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::child::{self, Failure};
use crate::confine::limits;
use crate::confine::mounts::{self, View};
use crate::confine::namespaces;
use crate::confine::privileges;
use crate::places::Places;
use crate::policy::Policy;
use crate::sys;
use crate::tier::Tier;
use crate::watch::Watch;
use crate::word::{End, Word};
use crate::writes::{Writes, scan};

pub struct Keeper<'a> {
    pub tier: Tier,
    pub policy: &'a Policy,
    pub places: &'a Places,
    /// Requests to stop come on this, and its end means that nobody wants the command any more.
    pub lifeline: RawFd,
    /// What of the requests was read already.
    pub requests: Vec<u8>,
    /// Ends with the launcher.
    pub parent: RawFd,
    /// Says that the numbers of users are known in here.
    pub go: RawFd,
    pub words: RawFd,
}

impl Keeper<'_> {
    /// The whole life of this process.
    pub fn run(mut self) -> ! {
        let word = match self.keep() {
            Ok(end) => Word::Ended(Box::new(end)),
            Err(word) => word,
        };
        self.tell(&word);
        sys::exit(0)
    }

    fn keep(&mut self) -> Result<End, Word> {
        let failed = |what: &'static str| {
            move |error: std::io::Error| Word::SetUpFailed(format!("{what}: {error}"))
        };
        if self.tier.has_namespaces() {
            sys::die_with_parent().map_err(failed("end with its launcher"))?;
            // Inherited by the command, for whom this cannot be written any more.
            limits::end_first_where_memory_runs_out();
            // The slowest to make, so it is made while the launcher gets everything else ready.
            if !self.policy.network {
                namespaces::leave_the_network().map_err(failed("a network of its own"))?;
            }
        } else {
            sys::become_subreaper().map_err(failed("subreaper"))?;
        }
        // The launcher may have been killed before this process asked to die with it.
        if sys::read(self.go).is_empty() {
            sys::exit(1);
        }
        let signals = sys::signal_fd().map_err(failed("signals"))?;
        let mut view = if self.tier.has_namespaces() {
            Some(mounts::build(self.places, self.policy).map_err(Word::SetUpFailed)?)
        } else {
            None
        };
        if self.tier.has_walls() {
            privileges::drop_all(self.tier).map_err(Word::SetUpFailed)?;
        }
        if self.tier.has_namespaces() {
            // The command is the same user and in the same namespaces.
            sys::keep_own_memory_and_files_closed().map_err(failed("own files"))?;
        }
        let started = Instant::now();
        let child =
            child::spawn(self.tier, self.policy, self.places).map_err(|failure| match failure {
                Failure::SetUp(message) => Word::SetUpFailed(message),
                Failure::Spawn(message) => Word::Refused {
                    code: "spawn_failed".to_owned(),
                    message,
                },
            })?;
        self.tell(&Word::Started);
        if let Some(view) = &mut view {
            view.memory = None;
        }
        let pid = child.id().cast_signed();
        let requests = std::mem::take(&mut self.requests);
        let end = Watch::new(pid, self, signals, requests).until_ended();
        let seconds = started.elapsed().as_secs_f64();
        let (exit, signal) = sys::decode(end.status);
        Ok(End {
            exit,
            signal,
            timed_out: end.timed_out,
            stopped: end.stopped,
            disk_full: end.disk_full,
            processes: end.processes,
            seconds,
            usage: sys::usage_of_children(),
            diverted: self.diverted(view.as_ref()),
            notes: view.map(|view| view.notes).unwrap_or_default(),
        })
    }

    fn diverted(&self, view: Option<&View>) -> Writes {
        let mut writes = Writes::default();
        let Some(view) = view else {
            return writes;
        };
        for one in &view.diverted {
            let shown = if one.shown == self.places.root {
                PathBuf::new()
            } else {
                one.shown.clone()
            };
            let mut found = Writes::default();
            if one.has_other_attributes() {
                let name = if shown.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    &shown
                };
                found.add(name, "metadata", 0);
            }
            scan(&one.upper(), &one.lower(), &shown, &mut found);
            if one.is_private() {
                // Folders made to attach something below are not the command's.
                let points = |path: &str| view.attached.iter().any(|at| at.starts_with(path));
                found.remove(|write| points(&write.path));
            }
            writes.extend(found);
        }
        writes
    }

    fn tell(&self, word: &Word) {
        if let Ok(line) = serde_json::to_string(word) {
            sys::write_line(self.words, &line);
        }
    }
}
