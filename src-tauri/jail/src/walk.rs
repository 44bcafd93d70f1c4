//! Reading what the file system says of every entry of a tree.

use std::ffi::{CStr, CString};
use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::mem::MaybeUninit;
use std::num::NonZero;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, RawDir, StatxFlags, openat, statx};

use crate::manifest::{Entry, Folder, Manifest};
use crate::pending::Pending;
use crate::snapshots::is_gone;

/// A file that changed this shortly before could change again without a new time: its content is
/// kept as well, within these bounds.
const RECENT: Duration = Duration::from_secs(2);
const HASHED_FILE_BYTES: u64 = 1 << 20;
const HASHED_BYTES: u64 = 32 << 20;

/// Below this many folders a second thread would cost more than it saves.
const ALONE: usize = 64;
const MOST_THREADS: usize = 4;

/// Reads a whole tree, folder by folder, on several processors where it is large.
pub struct Walk {
    /// From this second on a change is recent.
    recent: Option<i64>,
    hashed: AtomicU64,
}

/// What one thread has read.
#[derive(Default)]
struct Part {
    folders: Vec<Folder>,
    unreadable: usize,
}

impl Walk {
    /// Keeps the content of what changed just now.
    pub fn before() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let recent = now.unwrap_or_default().saturating_sub(RECENT).as_secs();
        Self::new(i64::try_from(recent).ok())
    }

    pub fn after() -> Self {
        Self::new(None)
    }

    fn new(recent: Option<i64>) -> Self {
        let hashed = AtomicU64::new(0);
        Self { recent, hashed }
    }

    /// All threads have ended when this returns.
    pub fn take(&self, root: &Path, except: &Path) -> Manifest {
        let started = Instant::now();
        let top = CString::new(root.as_os_str().as_bytes())
            .ok()
            .and_then(|path| look(CWD, &path));
        let pending = Pending::new(root.to_owned());
        let mut all = self.read(&pending, except, ALONE);
        if !pending.is_empty() {
            let others = thread::available_parallelism().map_or(1, NonZero::get);
            let others = others.min(MOST_THREADS) - 1;
            let parts = thread::scope(|scope| {
                let read = || self.read(&pending, except, usize::MAX);
                let started: Vec<_> = (0..others)
                    // One that is refused is done without.
                    .filter_map(|_| thread::Builder::new().spawn_scoped(scope, read).ok())
                    .collect();
                let own = read();
                let joined = started
                    .into_iter()
                    .map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)));
                joined.chain([own]).collect::<Vec<_>>()
            });
            for part in parts {
                all.folders.extend(part.folders);
                all.unreadable += part.unreadable;
            }
        }
        all.folders.sort_unstable_by(Folder::order);
        Manifest {
            top,
            folders: all.folders,
            unreadable: all.unreadable,
            seconds: started.elapsed().as_secs_f64(),
        }
    }

    /// Until `pending` has nothing more to come, or that many folders are read.
    fn read(&self, pending: &Pending, except: &Path, most: usize) -> Part {
        let mut part = Part::default();
        let mut buffer = vec![MaybeUninit::uninit(); 64 * 1024];
        for _ in 0..most {
            let Some(mut taken) = pending.next() else {
                break;
            };
            let path = std::mem::take(&mut taken.path);
            if path == except {
                continue;
            }
            match self.folder(&path, &mut buffer) {
                Ok(entries) => {
                    let folders = entries.iter().filter(|one| one.is_folder());
                    let below = folders.map(|one| path.join(one.file_name()));
                    taken.below.extend(below);
                    part.folders.push(Folder { path, entries });
                }
                Err(error) if is_gone(&error) => {}
                Err(_) => part.unreadable += 1,
            }
        }
        part
    }

    fn folder(&self, path: &Path, buffer: &mut [MaybeUninit<u8>]) -> io::Result<Vec<Entry>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let folder = openat(CWD, path, flags, Mode::empty())?;
        let mut entries = Vec::new();
        let mut listing = RawDir::new(folder.as_fd(), buffer);
        while let Some(item) = listing.next() {
            let item = item?;
            let name = item.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            if let Some(entry) = look(folder.as_fd(), name) {
                entries.push(entry);
            }
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        for entry in &mut entries {
            if entry.kind() == FileType::RegularFile {
                self.keep_content(entry, path);
            }
        }
        Ok(entries)
    }

    fn keep_content(&self, entry: &mut Entry, folder: &Path) {
        let recent = self.recent.is_some_and(|recent| entry.changed.0 >= recent);
        if recent && entry.size <= HASHED_FILE_BYTES && self.has_room(entry.size) {
            entry.hash = hash_of(&folder.join(entry.file_name())).ok();
        }
    }

    fn has_room(&self, size: u64) -> bool {
        let with = |hashed: u64| (hashed + size <= HASHED_BYTES).then_some(hashed + size);
        let order = Ordering::Relaxed;
        self.hashed.fetch_update(order, order, with).is_ok()
    }
}

/// None: it went away meanwhile.
fn look(folder: BorrowedFd<'_>, name: &CStr) -> Option<Entry> {
    let found = statx(
        folder,
        name,
        AtFlags::SYMLINK_NOFOLLOW,
        StatxFlags::BASIC_STATS,
    );
    found.ok().map(|found| Entry::of(name, &found))
}

/// Of a file that was small a moment ago; a pipe in its place is not waited for.
pub fn hash_of(path: &Path) -> io::Result<u64> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = File::from(openat(CWD, path, flags, Mode::empty())?);
    let mut content = Vec::new();
    file.take(HASHED_FILE_BYTES + 1).read_to_end(&mut content)?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&content);
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{ALONE, Walk};

    #[test]
    fn a_tree_that_takes_several_threads_is_read_whole_and_in_order() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let deep = folder.path().join("a/b/c");
        fs::create_dir_all(&deep).expect("folders");
        for number in 0..ALONE * 4 {
            let one = deep.join(number.to_string()).join("below");
            fs::create_dir_all(&one).expect("a folder");
            fs::write(one.join("file"), "x").expect("a file");
        }
        let read = Walk::before().take(folder.path(), Path::new(""));

        assert_eq!(read.folders.len(), 4 + ALONE * 8);
        assert!(read.folders.is_sorted_by(|a, b| a.path < b.path));
        let entries = read.folders.iter().map(|one| one.entries.len());
        assert_eq!(entries.sum::<usize>(), 3 + ALONE * 12);
    }
}
