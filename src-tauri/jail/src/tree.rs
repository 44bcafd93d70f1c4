//! All processes below this one, and their end.

use std::collections::HashMap;
use std::fs;

use crate::sys;
use crate::tier::Tier;

/// How many processes below this one run at this moment. None: `/proc` shows other numbers than those
/// that this process knows, as it does where a container keeps its own.
pub fn running() -> Option<usize> {
    let own = fs::read_link("/proc/self").ok()?;
    let known = own.to_str()?.parse() == Ok(std::process::id());
    known.then(|| descendants().iter().filter(|one| !one.ended).count())
}

struct Process {
    pid: i32,
    /// It waits for its parent to take note.
    ended: bool,
}

/// Descendants of this process, found by their parents: a session or group of their own hides none.
fn descendants() -> Vec<Process> {
    let mut children: HashMap<i32, Vec<Process>> = HashMap::new();
    for (parent, process) in fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The name in parentheses may hold anything, so the fields are counted from its end.
            let mut fields = stat.rsplit(')').next()?.split_whitespace();
            let ended = fields.next()? == "Z";
            let parent: i32 = fields.next()?.parse().ok()?;
            Some((parent, Process { pid, ended }))
        })
    {
        children.entry(parent).or_default().push(process);
    }
    let mut found = Vec::new();
    let mut pending = vec![std::process::id().cast_signed()];
    while let Some(pid) = pending.pop() {
        let below = children.remove(&pid).unwrap_or_default();
        pending.extend(below.iter().map(|process| process.pid));
        found.extend(below);
    }
    found
}

/// Kills every descendant until none is left, and reaps them; returns the statuses it saw.
///
/// A process that forks while it is being killed leaves an orphan, which comes to this process (it
/// is a subreaper) and is found in the next round.
pub fn kill_all(tier: Tier) -> Vec<(i32, i32)> {
    if tier.has_namespaces() {
        return kill_namespace();
    }
    let mut reaped = Vec::new();
    loop {
        let left = descendants();
        if left.is_empty() {
            return reaped;
        }
        for process in &left {
            sys::kill(process.pid, libc::SIGKILL);
        }
        reaped.extend(std::iter::from_fn(sys::reap));
        // A killed process needs a moment to become a zombie; there is nothing to wait on for a
        // grandchild, so give the processor away.
        std::thread::yield_now();
    }
}

/// In a namespace of its own the kernel knows them all.
fn kill_namespace() -> Vec<(i32, i32)> {
    // -1 means: everything that this process may signal, except itself.
    sys::kill(-1, libc::SIGKILL);
    std::iter::from_fn(sys::wait_for_any).collect()
}
