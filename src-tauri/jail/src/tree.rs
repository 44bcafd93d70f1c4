//! All processes below this one, and their end.

use std::collections::HashMap;
use std::fs;

use crate::sys;
use crate::tier::Tier;

/// Descendants of this process, found by their parents: a session or group of their own hides none.
fn descendants() -> Vec<i32> {
    let mut children: HashMap<i32, Vec<i32>> = HashMap::new();
    for (pid, parent) in fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The name in parentheses may hold anything, so the fields are counted from its end.
            let parent = stat
                .rsplit(')')
                .next()?
                .split_whitespace()
                .nth(1)?
                .parse()
                .ok()?;
            Some((pid, parent))
        })
    {
        children.entry(parent).or_default().push(pid);
    }
    let mut found = Vec::new();
    let mut pending = vec![std::process::id().cast_signed()];
    while let Some(pid) = pending.pop() {
        let below = children.remove(&pid).unwrap_or_default();
        found.extend(&below);
        pending.extend(below);
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
        for &pid in &left {
            sys::kill(pid, libc::SIGKILL);
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
