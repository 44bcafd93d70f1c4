//! Proof of what changed: every entry of a tree, before and after.

use std::ffi::{CStr, CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rustix::fs::{FileType, Statx};
use serde::Serialize;

use crate::walk::{Walk, hash_of};

/// One entry: what the file system says of it.
#[derive(Debug)]
pub struct Entry {
    pub name: CString,
    mode: u32,
    pub size: u64,
    modified: (i64, u32),
    /// Of content and attributes alike; unlike the time above, a program cannot set it.
    pub changed: (i64, u32),
    inode: u64,
    owners: (u32, u32),
    links: u32,
    pub hash: Option<u64>,
}

#[derive(Debug)]
pub struct Folder {
    pub path: PathBuf,
    pub entries: Vec<Entry>,
}

impl Folder {
    /// By bytes: to compare paths part by part takes longer than to read the folders.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.path.as_os_str().cmp(other.path.as_os_str())
    }
}

/// A folder and all entries below it, in path order. Links are entries, they are not followed.
#[derive(Debug)]
pub struct Manifest {
    /// The folder itself.
    pub top: Option<Entry>,
    pub folders: Vec<Folder>,
    pub unreadable: usize,
    pub seconds: f64,
}

#[derive(Debug, Serialize)]
pub struct Comparison {
    pub compared: usize,
    /// Folders that could not be read, so that nothing below them was compared.
    pub unreadable: usize,
    pub seconds: f64,
    pub changed: Vec<Change>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub path: String,
    pub change: &'static str,
    /// Bytes; of what is gone, its size before.
    pub size: u64,
}

impl Manifest {
    /// The tree before a command runs, without what lies in the folder `except`.
    pub fn take(root: &Path, except: &Path) -> Self {
        Walk::before().take(root, except)
    }

    /// The tree afterwards.
    pub fn take_again(root: &Path, except: &Path) -> Self {
        Walk::after().take(root, except)
    }

    /// Bytes of the largest file.
    pub fn largest(&self) -> u64 {
        self.files().map(|entry| entry.size).max().unwrap_or(0)
    }

    /// How many files belong to somebody else than `owners`, by user or by group.
    pub fn foreign(&self, owners: (u32, u32)) -> usize {
        self.files().filter(|entry| entry.owners != owners).count()
    }

    fn files(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.folders.iter().flat_map(|folder| &folder.entries);
        entries.filter(|entry| entry.kind() == FileType::RegularFile)
    }

    /// What is different in `after`, with paths relative to `root`.
    pub fn compare(&self, after: &Self, root: &Path) -> Comparison {
        let started = Instant::now();
        let mut changed = Vec::new();
        if let (Some(before), Some(now)) = (&self.top, &after.top)
            && let Some(change) = before.changed_to(now, root)
        {
            changed.push(Change {
                path: ".".to_owned(),
                change,
                size: now.size,
            });
        }
        let (before, now) = (&self.folders, &after.folders);
        for pair in pairs(before, now, Folder::order) {
            let path = match pair {
                Pair::Both(folder, _) | Pair::Before(folder) | Pair::Now(folder) => &folder.path,
            };
            let (before, now) = pair.map(|folder| folder.entries.as_slice());
            let before = before.unwrap_or_default();
            for pair in pairs(before, now.unwrap_or_default(), |a, b| a.name.cmp(&b.name)) {
                if let Some((entry, change)) = difference(path, &pair) {
                    let full = path.join(entry.file_name());
                    let shown = full.strip_prefix(root).unwrap_or(&full);
                    changed.push(Change {
                        path: shown.to_string_lossy().into_owned(),
                        change,
                        size: entry.size,
                    });
                }
            }
        }
        changed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Comparison {
            compared: now.iter().map(|folder| folder.entries.len()).sum(),
            unreadable: after.unreadable,
            seconds: self.seconds + after.seconds + started.elapsed().as_secs_f64(),
            changed,
        }
    }
}

/// The same thing before and now, or what only one of the two has.
enum Pair<'a, T> {
    Both(&'a T, &'a T),
    Before(&'a T),
    Now(&'a T),
}

impl<'a, T> Pair<'a, T> {
    fn map<U>(&self, get: impl Fn(&'a T) -> U) -> (Option<U>, Option<U>) {
        match self {
            Self::Both(before, now) => (Some(get(before)), Some(get(now))),
            Self::Before(before) => (Some(get(before)), None),
            Self::Now(now) => (None, Some(get(now))),
        }
    }
}

/// Two sorted lists side by side.
fn pairs<'a, T>(
    before: &'a [T],
    now: &'a [T],
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
) -> impl Iterator<Item = Pair<'a, T>> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let (mut before, mut now) = (before.iter().peekable(), now.iter().peekable());
    std::iter::from_fn(move || {
        let first = match (before.peek(), now.peek()) {
            (Some(old), Some(new)) => order(old, new),
            (Some(_), None) => Less,
            (None, Some(_)) => Greater,
            (None, None) => return None,
        };
        match first {
            Less => before.next().map(Pair::Before),
            Greater => now.next().map(Pair::Now),
            Equal => before
                .next()
                .zip(now.next())
                .map(|(old, new)| Pair::Both(old, new)),
        }
    })
}

fn difference<'a>(folder: &Path, pair: &Pair<'a, Entry>) -> Option<(&'a Entry, &'static str)> {
    match *pair {
        Pair::Before(before) => Some((before, "deleted")),
        Pair::Now(now) => Some((now, "created")),
        Pair::Both(before, now) => before.changed_to(now, folder).map(|change| (now, change)),
    }
}

impl Entry {
    pub fn of(name: &CStr, found: &Statx) -> Self {
        Self {
            name: name.to_owned(),
            mode: u32::from(found.stx_mode),
            size: found.stx_size,
            modified: (found.stx_mtime.tv_sec, found.stx_mtime.tv_nsec),
            changed: (found.stx_ctime.tv_sec, found.stx_ctime.tv_nsec),
            inode: found.stx_ino,
            owners: (found.stx_uid, found.stx_gid),
            links: found.stx_nlink,
            hash: None,
        }
    }

    pub fn kind(&self) -> FileType {
        FileType::from_raw_mode(self.mode)
    }

    pub fn is_folder(&self) -> bool {
        self.kind() == FileType::Directory
    }

    pub fn file_name(&self) -> &OsStr {
        OsStr::from_bytes(self.name.to_bytes())
    }

    fn changed_to(&self, now: &Self, folder: &Path) -> Option<&'static str> {
        if self.kind() != now.kind() {
            return Some("modified");
        }
        let same_attributes = (self.mode, self.owners) == (now.mode, now.owners);
        if now.kind() == FileType::Directory {
            // Its size and time only say that a child came or went, which is said for the child.
            return (!same_attributes).then_some("metadata");
        }
        let content = |entry: &Self| (entry.size, entry.modified, entry.inode);
        if content(self) != content(now) {
            return Some("modified");
        }
        if let Some(hash) = self.hash {
            let now_hash = hash_of(&folder.join(self.file_name())).ok();
            if now_hash != Some(hash) {
                return Some("modified");
            }
            return (self.changed != now.changed).then_some("metadata");
        }
        if !same_attributes || self.links != now.links {
            return Some("metadata");
        }
        // Somebody set the time of the content back, so the content may be another one.
        (self.changed != now.changed).then_some("modified")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Change, Manifest};

    fn changes(root: &Path, act: impl FnOnce(&Path)) -> Vec<Change> {
        let before = Manifest::take(root, Path::new(""));
        act(root);
        before
            .compare(&Manifest::take_again(root, Path::new("")), root)
            .changed
    }

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("app")).expect("a folder");
        fs::write(folder.path().join("app/models.py"), "a").expect("a file");
        fs::write(folder.path().join("manage.py"), "b").expect("a file");
        folder
    }

    fn one(path: &str, change: &'static str, size: u64) -> Vec<Change> {
        vec![Change {
            path: path.to_owned(),
            change,
            size,
        }]
    }

    #[test]
    fn an_untouched_tree_has_no_change() {
        assert_eq!(changes(tree().path(), |_| ()), vec![]);
    }

    #[test]
    fn a_new_file_is_created() {
        let found = changes(tree().path(), |root| {
            fs::write(root.join("app/db.sqlite3"), "").expect("a file");
        });
        assert_eq!(found, one("app/db.sqlite3", "created", 0));
    }

    #[test]
    fn a_removed_file_is_deleted() {
        let found = changes(tree().path(), |root| {
            fs::remove_file(root.join("manage.py")).expect("a file");
        });
        assert_eq!(found, one("manage.py", "deleted", 1));
    }

    #[test]
    fn new_content_of_the_same_size_is_modified() {
        let found = changes(tree().path(), |root| {
            fs::write(root.join("manage.py"), "c").expect("a file");
        });
        assert_eq!(found, one("manage.py", "modified", 1));
    }

    #[test]
    fn another_mode_is_metadata() {
        use std::os::unix::fs::PermissionsExt;
        let found = changes(tree().path(), |root| {
            let mode = fs::Permissions::from_mode(0o711);
            fs::set_permissions(root.join("manage.py"), mode).expect("a file");
        });
        assert_eq!(found, one("manage.py", "metadata", 1));
    }

    #[test]
    fn another_mode_of_the_folder_itself_is_metadata() {
        use std::os::unix::fs::PermissionsExt;
        let found = changes(tree().path(), |root| {
            let mode = fs::Permissions::from_mode(0o777);
            fs::set_permissions(root, mode).expect("a folder");
        });
        let found: Vec<_> = found.iter().map(|one| (&*one.path, one.change)).collect();
        assert_eq!(found, [(".", "metadata")]);
    }

    #[test]
    fn a_name_that_is_not_utf8_is_compared_and_shown_readably() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let found = changes(tree().path(), |root| {
            fs::write(root.join(OsStr::from_bytes(b"caf\xe9")), "").expect("a file");
        });
        assert_eq!(found, one("caf\u{fffd}", "created", 0));
    }

    #[test]
    fn a_write_that_sets_its_time_back_is_modified() {
        for settled in [false, true] {
            let tree = tree();
            let path = tree.path().join("manage.py");
            let mut before = Manifest::take(tree.path(), Path::new(""));
            if settled {
                // As if nothing had changed there lately.
                let entries = before
                    .folders
                    .iter_mut()
                    .flat_map(|folder| &mut folder.entries);
                entries.for_each(|entry| entry.hash = None);
            }
            let time = fs::metadata(&path).and_then(|found| found.modified());
            fs::write(&path, "c").expect("a file");
            let file = fs::File::options()
                .append(true)
                .open(&path)
                .expect("a file");
            file.set_modified(time.expect("a time")).expect("a time");
            let found = before.compare(
                &Manifest::take_again(tree.path(), Path::new("")),
                tree.path(),
            );
            assert_eq!(found.changed, one("manage.py", "modified", 1));
        }
    }

    #[test]
    fn a_recent_file_whose_times_are_all_the_same_is_read() {
        let tree = tree();
        let mut before = Manifest::take(tree.path(), Path::new(""));
        fs::write(tree.path().join("manage.py"), "c").expect("a file");
        let after = Manifest::take_again(tree.path(), Path::new(""));
        let entries = before
            .folders
            .iter_mut()
            .flat_map(|folder| &mut folder.entries);
        for entry in entries.filter(|entry| entry.name.to_bytes() == b"manage.py") {
            let now = after.folders.iter().flat_map(|folder| &folder.entries);
            let now: Vec<_> = now.filter(|now| now.name == entry.name).collect();
            (entry.modified, entry.changed) = (now[0].modified, now[0].changed);
        }
        let found = before.compare(&after, tree.path());
        assert_eq!(found.changed, one("manage.py", "modified", 1));
    }
}
