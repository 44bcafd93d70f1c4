//! Reading what the file system says of every entry of a tree.

use std::ffi::{CStr, CString};
use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, RawDir, StatxFlags, openat, statx};

use crate::manifest::{Entry, Folder, Manifest};
use crate::snapshots::is_gone;

/// A file that changed this shortly before could change again without a new time: its content is
/// kept as well, within these bounds.
const RECENT: Duration = Duration::from_secs(2);
const HASHED_FILE_BYTES: u64 = 1 << 20;
const HASHED_BYTES: u64 = 32 << 20;

/// Reads a whole tree, folder by folder.
pub struct Walk {
    pending: Vec<PathBuf>,
    /// From this second on a change is recent.
    recent: Option<i64>,
    hashed: u64,
    manifest: Manifest,
    buffer: Vec<MaybeUninit<u8>>,
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
        Self {
            pending: Vec::new(),
            recent,
            hashed: 0,
            manifest: Manifest {
                top: None,
                folders: Vec::new(),
                unreadable: 0,
                seconds: 0.0,
            },
            buffer: vec![MaybeUninit::uninit(); 64 * 1024],
        }
    }

    pub fn take(mut self, root: &Path, except: &Path) -> Manifest {
        let started = Instant::now();
        self.manifest.top = CString::new(root.as_os_str().as_bytes())
            .ok()
            .and_then(|path| look(CWD, &path));
        self.pending.push(root.to_owned());
        while let Some(path) = self.pending.pop() {
            if path == except {
                continue;
            }
            match self.folder(&path) {
                Ok(entries) => self.manifest.folders.push(Folder { path, entries }),
                Err(error) if is_gone(&error) => {}
                Err(_) => self.manifest.unreadable += 1,
            }
        }
        let folders = &mut self.manifest.folders;
        folders.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        self.manifest.seconds = started.elapsed().as_secs_f64();
        self.manifest
    }

    fn folder(&mut self, path: &Path) -> io::Result<Vec<Entry>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let folder = openat(CWD, path, flags, Mode::empty())?;
        let mut entries = Vec::new();
        let mut listing = RawDir::new(folder.as_fd(), &mut self.buffer);
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
            match entry.kind() {
                FileType::Directory => self.pending.push(path.join(entry.file_name())),
                FileType::RegularFile => self.keep_content(entry, path),
                _ => {}
            }
        }
        Ok(entries)
    }

    fn keep_content(&mut self, entry: &mut Entry, folder: &Path) {
        let recent = self.recent.is_some_and(|recent| entry.changed.0 >= recent);
        let fits = entry.size <= HASHED_FILE_BYTES && self.hashed + entry.size <= HASHED_BYTES;
        if recent && fits {
            self.hashed += entry.size;
            entry.hash = hash_of(&folder.join(entry.file_name())).ok();
        }
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
