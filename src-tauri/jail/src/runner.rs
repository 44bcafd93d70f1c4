//! One attempt to run the command in one tier.

use std::cell::OnceCell;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::path::Path;

use crate::confine::namespaces;
use crate::keeper::Keeper;
use crate::manifest::Manifest;
use crate::places::{Places, make};
use crate::policy::{Layer, Policy};
use crate::tier::Tier;
use crate::word::{End, Word};
use crate::writes::{Writes, attributes_of, scan};
use crate::{shadow, snapshots, sys, tree};

/// A file up to this size may be copied into memory.
const LARGEST_IN_MEMORY: u64 = 32 << 20;

pub enum Outcome {
    /// The tier does not work here; the command has not run.
    Impossible(String),
    Refused {
        code: String,
        message: String,
    },
    KeeperDied {
        signal: i32,
    },
    Ended(Box<Run>),
}

/// A command's end.
pub struct Run {
    pub end: End,
    pub keeper: LeavingKeeper,
    /// None where writes are not diverted, so that nobody knows them.
    pub writes: Option<Writes>,
}

/// A keeper that said its last word, when nothing of the command was left. The kernel still takes
/// its namespaces down; the layers can be read meanwhile.
pub struct LeavingKeeper(i32);

impl Drop for LeavingKeeper {
    fn drop(&mut self) {
        sys::wait_for(self.0);
    }
}

pub struct Runner<'a> {
    pub policy: &'a Policy,
    pub places: &'a Places,
    pub lifeline: RawFd,
    pub requests: &'a [u8],
    pub signals: &'a OwnedFd,
    /// The tree before the command: taken once, whichever tier it then runs in.
    pub before: OnceCell<Manifest>,
}

impl Runner<'_> {
    /// Runs to the end. `started` is told the keeper's number once the command runs.
    pub fn run(&self, tier: Tier, started: impl FnMut(i32)) -> Outcome {
        let result = match tier {
            Tier::CopyOnWrite => self.in_layers(started),
            Tier::Shadow => self.in_copy(started),
            Tier::WriteBlocked | Tier::Guarded => {
                self.keep(tier, self.policy, self.places, || Ok(()), started)
            }
        };
        result.unwrap_or_else(Outcome::Impossible)
    }

    fn in_layers(&self, started: impl FnMut(i32)) -> Result<Outcome, String> {
        let places = self.places;
        let mut top = None;
        let layers = || {
            if !self.layer_fits_into_memory() {
                self.make_layer_on_disk()?;
            }
            snapshots::make_layer(self.policy, places)?;
            top = attributes_of(&places.upper());
            Ok(())
        };
        let mut outcome = self.keep(Tier::CopyOnWrite, self.policy, places, layers, started)?;
        if let Outcome::Ended(ended) = &mut outcome {
            let lower = [places.snapshots(), places.root.clone()];
            let mut writes = Writes::default();
            if attributes_of(&places.upper()) != top {
                writes.add(".".as_ref(), "metadata", 0);
            }
            scan(&places.upper(), &lower, "".as_ref(), &mut writes);
            self.add_scratch(&mut writes);
            writes.extend(std::mem::take(&mut ended.end.diverted));
            ended.writes = Some(writes);
        }
        Ok(outcome)
    }

    fn layer_fits_into_memory(&self) -> bool {
        let small = |before: &Manifest| before.largest() <= LARGEST_IN_MEMORY;
        // A layer cannot lie in what it is a layer of.
        self.places.scratch_is_in_root()
            || (self.policy.layer == Layer::Memory && self.before.get().is_some_and(small))
    }

    /// The keeper puts the layer where these are, and into memory where there are none.
    fn make_layer_on_disk(&self) -> Result<(), String> {
        let places = self.places;
        for folder in [places.upper(), places.work()] {
            make(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        // The layer on top says what the mode of the project's folder is.
        let mode = snapshots::same_attributes(&places.root, &places.upper());
        mode.map_err(|error| error.to_string())
    }

    fn in_copy(&self, started: impl FnMut(i32)) -> Result<Outcome, String> {
        let mut made = None;
        let copying = || {
            let unreadable = shadow::make_copy(self.policy, self.places)?;
            made = Some((
                unreadable,
                Manifest::take(&self.places.copy(), Path::new("")),
            ));
            Ok(())
        };
        let (policy, places) = shadow::moved(self.policy, self.places);
        let mut outcome = self.keep(Tier::Shadow, &policy, &places, copying, started)?;
        if let (Outcome::Ended(ended), Some((unreadable, before))) = (&mut outcome, made) {
            let copy = places.copy();
            let found = before.compare(&Manifest::take_again(&copy, Path::new("")), &copy);
            let mut writes = Writes::default();
            for change in found.changed {
                writes.add(change.path.as_ref(), change.change, change.size);
            }
            self.add_scratch(&mut writes);
            ended.writes = Some(writes);
            if unreadable > 0 {
                let note = format!(
                    "{unreadable} files or folders could not be read, so the copy is without them."
                );
                ended.end.notes.push(note);
            }
        }
        Ok(outcome)
    }

    /// HOME and TMPDIR took what was meant for the real ones.
    fn add_scratch(&self, writes: &mut Writes) {
        scan(&self.places.home(), &[], "~".as_ref(), writes);
        scan(&self.places.tmp(), &[], "$TMPDIR".as_ref(), writes);
    }

    /// `prepare` is called while the keeper gets its namespaces, and before it does anything.
    fn keep(
        &self,
        tier: Tier,
        policy: &Policy,
        places: &Places,
        prepare: impl FnOnce() -> Result<(), String>,
        mut started: impl FnMut(i32),
    ) -> Result<Outcome, String> {
        let pipe = || sys::pipe().map_err(|error| error.to_string());
        let ((words, tell), (parent, alive), (go, let_go)) = (pipe()?, pipe()?, pipe()?);
        let flags = if tier.has_namespaces() {
            namespaces::FIRST
        } else {
            0
        };
        let pid = namespaces::fork_into(flags)
            .map_err(|error| format!("namespaces of its own are refused: {error}"))?;
        if pid == 0 {
            drop((words, alive, let_go));
            let keeper = Keeper {
                tier,
                policy,
                places,
                lifeline: self.lifeline,
                requests: self.requests.to_vec(),
                parent: parent.as_raw_fd(),
                go: go.as_raw_fd(),
                words: tell.as_raw_fd(),
            };
            keeper.run();
        }
        drop((tell, parent, go));
        let ready = self.ready(tier, pid, prepare);
        if ready.is_ok() {
            sys::write_line(let_go.as_raw_fd(), "");
        }
        drop(let_go);
        let end = self.listen(pid, words, &mut started);
        drop(alive);
        ready.and(end)
    }

    fn ready(
        &self,
        tier: Tier,
        pid: i32,
        prepare: impl FnOnce() -> Result<(), String>,
    ) -> Result<(), String> {
        if tier.has_namespaces() {
            namespaces::write_id_maps(pid)
                .map_err(|error| format!("users of a namespace are refused: {error}"))?;
        }
        let places = self.places;
        places.make_folders()?;
        if !tier.has_namespaces() {
            places.make_canary()?;
        }
        if self.policy.manifest {
            self.before
                .get_or_init(|| Manifest::take(&places.root, &places.scratch));
        }
        prepare()
    }

    /// Follows the keeper to its end.
    fn listen(
        &self,
        pid: i32,
        words: OwnedFd,
        started: &mut impl FnMut(i32),
    ) -> Result<Outcome, String> {
        let mut heard = Vec::new();
        loop {
            let ready = sys::poll(&[words.as_raw_fd(), self.signals.as_raw_fd()], -1);
            for signal in sys::read_signals(self.signals) {
                // The keeper knows the grace; of its end the pipe tells.
                if signal != libc::SIGCHLD {
                    sys::kill(pid, signal);
                }
            }
            if !ready[0] {
                continue;
            }
            let data = sys::read(words.as_raw_fd());
            if data.is_empty() {
                break;
            }
            let begun = heard.is_empty();
            heard.extend(data);
            if begun && heard.starts_with(br#""started""#) {
                started(pid);
            }
            if let Some(end) = ended(&heard) {
                let keeper = LeavingKeeper(pid);
                let writes = None;
                return Ok(Outcome::Ended(Box::new(Run {
                    end,
                    keeper,
                    writes,
                })));
            }
        }
        let status = sys::wait_for(pid);
        if let (_, Some(signal)) = sys::decode(status) {
            tree::kill_all(Tier::Guarded);
            return Ok(Outcome::KeeperDied { signal });
        }
        drop(words);
        match last_word(&heard) {
            Some(Word::Refused { code, message }) => Ok(Outcome::Refused { code, message }),
            Some(Word::SetUpFailed(reason)) => Err(reason),
            Some(Word::Started | Word::Ended(_)) | None => Ok(Outcome::KeeperDied { signal: 0 }),
        }
    }
}

fn ended(heard: &[u8]) -> Option<End> {
    match last_word(heard) {
        Some(Word::Ended(end)) if heard.ends_with(b"\n") => Some(*end),
        _ => None,
    }
}

fn last_word(heard: &[u8]) -> Option<Word> {
    let line = heard
        .rsplit(|&byte| byte == b'\n')
        .find(|line| !line.is_empty())?;
    serde_json::from_slice(line).ok()
}
