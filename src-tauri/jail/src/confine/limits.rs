//! Resource limits that real projects stay far below.

use std::fs;
use std::path::Path;

use rustix::process::{Resource, Rlimit, geteuid, getrlimit, setrlimit};

use crate::tier::Tier;

const GIB: u64 = 1 << 30;
const FILE_BYTES: u64 = 8 * GIB;
const OPEN_FILES: u64 = 4096;
/// More than the processes that the user has already.
const PROCESSES: u64 = 1024;
/// Memory of one process: half of the machine's, but at least this.
const LEAST_DATA_BYTES: u64 = 2 * GIB;
/// Bytes of message queues, one less than the kernel's own limit. Whatever a command starts keeps it, in
/// whatever session and environment: by it the engine knows what was left behind where the launcher and
/// the keeper were killed at once. It stands there, too (`leftovers.py`).
const MARK: u64 = 819_199;

pub fn set(tier: Tier) -> Result<(), String> {
    lower(Resource::Core, 0)?;
    lower(Resource::Fsize, FILE_BYTES)?;
    lower(Resource::Nofile, OPEN_FILES)?;
    lower(Resource::Msgqueue, MARK)?;
    lower(Resource::Data, (memory_bytes() / 2).max(LEAST_DATA_BYTES))?;
    // In a user namespace only those in there are counted. Root is not held by this limit at all.
    let others = if tier.has_namespaces() {
        0
    } else {
        threads_of_user()
    };
    lower(Resource::Nproc, PROCESSES + others)?;
    if !tier.has_namespaces() {
        end_first_where_memory_runs_out();
    }
    Ok(())
}

/// Makes this process, and what it starts from now on, what the kernel ends first. Of several the
/// kernel takes the largest.
pub fn end_first_where_memory_runs_out() {
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
}

/// From here on each process namespace has its own highest number; before, there was one for all.
const OWN_NUMBERS_SINCE: (u32, u32) = (6, 14);

/// Bounds the processes of a namespace, root's as well. `proc` shows that namespace.
pub fn set_for_namespace(proc: &Path) {
    // On an older kernel root would write the number for the whole machine.
    if kernel_version() >= OWN_NUMBERS_SINCE {
        let _ = fs::write(proc.join("sys/kernel/pid_max"), PROCESSES.to_string());
    }
}

fn kernel_version() -> (u32, u32) {
    let name = rustix::system::uname();
    let release = name.release().to_string_lossy();
    let mut numbers = release.split('.').map(|part| part.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Lowers a limit for good; one that is lower already stays.
fn lower(resource: Resource, to: u64) -> Result<(), String> {
    let now = getrlimit(resource);
    let least = |limit: Option<u64>| Some(limit.map_or(to, |limit| limit.min(to)));
    let limit = Rlimit {
        current: least(now.current),
        maximum: least(now.maximum),
    };
    setrlimit(resource, limit).map_err(|error| format!("limit {resource:?}: {error}"))
}

fn memory_bytes() -> u64 {
    let info = rustix::system::sysinfo();
    info.totalram as u64 * u64::from(info.mem_unit)
}

/// The kernel counts threads, of all processes of the user.
fn threads_of_user() -> u64 {
    use std::os::unix::fs::MetadataExt;
    let user = geteuid().as_raw();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter(|entry| entry.metadata().is_ok_and(|found| found.uid() == user))
        .filter_map(|entry| fs::metadata(entry.path().join("task")).ok())
        .map(|tasks| tasks.nlink().saturating_sub(2))
        .sum()
}
