//! Tells what each tier keeps from happening on this machine, by trying it on a throw-away tree.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::TcpListener;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::attempts::{self, Answers};
use crate::places::Places;
use crate::policy::Policy;
use crate::runner::{Outcome, Runner};
use crate::tier::Tier;
use crate::{places, sys};

/// Prints one line of JSON. `folder` should lie where scratch folders will.
pub fn run(folder: &Path) -> ExitCode {
    let tiers: Vec<Value> = Tier::ALL
        .into_iter()
        .map(
            |tier| match Trial::new(folder, tier).and_then(|trial| trial.run()) {
                Ok(found) => found,
                Err(reason) => {
                    json!({"tier": tier, "works": false, "reason": reason, "attempts": {}})
                }
            },
        )
        .collect();
    println!("{}", json!({"v": 1, "tiers": tiers}));
    ExitCode::SUCCESS
}

/// One tier on trial, with a tree of its own and somebody who listens on sockets.
struct Trial {
    tier: Tier,
    base: PathBuf,
    network: TcpListener,
    socket: UnixListener,
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = places::remove(&self.base);
    }
}

impl Trial {
    fn new(folder: &Path, tier: Tier) -> Result<Self, String> {
        let name = format!("probe-{}-{}", std::process::id(), tier.name());
        let base = fs::canonicalize(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?
            .join(name);
        Self::with_tree(base.clone(), tier).map_err(|error| {
            let _ = places::remove(&base);
            format!("{}: {error}", base.display())
        })
    }

    fn with_tree(base: PathBuf, tier: Tier) -> io::Result<Self> {
        attempts::make_tree(&base)?;
        let network = TcpListener::bind("127.0.0.1:0")?;
        let socket = attempts::listen(&base)?;
        network.set_nonblocking(true)?;
        socket.set_nonblocking(true)?;
        Ok(Self {
            tier,
            base,
            network,
            socket,
        })
    }

    fn run(&self) -> Result<Value, String> {
        let text = |error: io::Error| error.to_string();
        let policy = self.policy().map_err(text)?;
        let places = Places::of(&policy)?;
        let signals = sys::signal_fd().map_err(text)?;
        let (lifeline, _held) = sys::pipe().map_err(text)?;
        let runner = Runner {
            policy: &policy,
            places: &places,
            lifeline: lifeline.as_raw_fd(),
            requests: &[],
            signals: &signals,
            before: OnceCell::new(),
        };
        match runner.run(self.tier, |_| ()) {
            Outcome::Ended(run) if run.end.exit == Some(0) => {}
            Outcome::Ended(run) => {
                return Err(format!(
                    "the command in it ended badly: {:?}",
                    run.end.signal
                ));
            }
            Outcome::Impossible(reason)
            | Outcome::Refused {
                message: reason, ..
            } => {
                return Err(reason);
            }
            Outcome::KeeperDied { signal } => {
                return Err(format!("its keeper was ended by signal {signal}"));
            }
        }
        let answer = fs::read(places.tmp().join(attempts::ANSWER)).map_err(text)?;
        let answers = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
        Ok(self.judge(&answers))
    }

    fn policy(&self) -> io::Result<Policy> {
        let root = attempts::root(&self.base);
        let scratch = attempts::scratch(&self.base);
        let program = std::env::current_exe()?;
        let port = self.network.local_addr()?.port();
        let policy = json!({
            "v": 1, "argv": [program, "attempt", self.base], "cwd": root, "root": root,
            "env": {
                "TMPDIR": scratch.join("tmp"), "PORT": port.to_string(),
                "SOMEBODY": std::process::id().to_string(),
            },
            "timeout_s": 10.0, "grace_s": 0.5, "tier": self.tier, "network": false,
            "manifest": false, "scratch": scratch, "hidden": [attempts::secrets(&self.base)],
            "keep": [program],
        });
        Policy::parse(&policy.to_string()).map_err(io::Error::other)
    }

    /// What an attempt believed inside is compared with what is seen from outside.
    fn judge(&self, inside: &Answers) -> Value {
        let root = attempts::root(&self.base);
        let outside = attempts::outside(&self.base);
        let changed = |path: PathBuf| fs::read(path).ok().as_deref() != Some(attempts::CONTENT);
        let mode_of = |path: PathBuf| {
            fs::metadata(path).map_or(0, |found| found.permissions().mode() & 0o777)
        };
        let really = BTreeMap::from([
            ("modify", changed(root.join("modify"))),
            ("create", root.join("created").exists()),
            ("delete", !root.join("delete").exists()),
            ("rename", !root.join("rename").exists()),
            ("metadata", mode_of(root.join("metadata")) != attempts::MODE),
            ("outside", changed(outside.join("modify"))),
            (
                "outside_metadata",
                mode_of(outside.join("metadata")) != attempts::MODE,
            ),
            ("outside_truncate", changed(outside.join("truncate"))),
            ("secret", inside.get("secret") == Some(&true)),
            ("network", self.network.accept().is_ok()),
            ("unix_socket", self.socket.accept().is_ok()),
            ("signal", inside.get("signal") == Some(&true)),
        ]);
        let attempts: BTreeMap<_, _> = really
            .iter()
            .map(|(&name, &happened)| {
                let believed = inside.get(name) == Some(&true);
                let outcome = match (happened, believed) {
                    (true, _) => "happened",
                    (false, true) => "diverted",
                    (false, false) => "refused",
                };
                (name, outcome)
            })
            .collect();
        let through: Vec<_> = really.iter().filter(|(_, happened)| **happened).collect();
        let through: Vec<_> = through
            .iter()
            .map(|(name, _)| attempts::words(name))
            .collect();
        let through = through.join(", ");
        let in_tree = attempts::IN_TREE.iter().any(|name| really[name]);
        let works = self.tier == Tier::Guarded || !in_tree;
        let reason = match (self.tier, through.is_empty()) {
            (Tier::Guarded, _) => "a clean environment; no isolation".to_owned(),
            (_, true) => "every attempt was refused or diverted".to_owned(),
            (_, false) if works => {
                format!("every attempt was refused or diverted except {through}")
            }
            (_, false) => format!("this was not prevented: {through}"),
        };
        json!({"tier": self.tier, "works": works, "reason": reason, "attempts": attempts})
    }
}
