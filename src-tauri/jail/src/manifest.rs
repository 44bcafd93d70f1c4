//! Proof of what changed: every entry of a tree, before and after.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

/// One entry: what the file system says of it, without reading it.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    path: PathBuf,
    kind: Kind,
    size: u64,
    modified_ns: i128,
    inode: u64,
    mode: u32,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Kind {
    File,
    Folder,
    Other,
}

/// All entries below a folder, in path order. Links are entries, they are not followed.
#[derive(Debug)]
pub struct Manifest {
    entries: Vec<Entry>,
    unreadable: usize,
    seconds: f64,
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
}

impl Manifest {
    pub fn take(root: &Path) -> Self {
        let started = Instant::now();
        let mut manifest = Self {
            entries: Vec::new(),
            unreadable: 0,
            seconds: 0.0,
        };
        let mut pending = vec![root.to_path_buf()];
        while let Some(folder) = pending.pop() {
            let Ok(listing) = fs::read_dir(&folder) else {
                manifest.unreadable += 1;
                continue;
            };
            for item in listing.flatten() {
                let path = item.path();
                // DirEntry::metadata does not follow links.
                let Ok(metadata) = item.metadata() else {
                    continue;
                };
                let kind = kind_of(&metadata);
                if kind == Kind::Folder {
                    pending.push(path.clone());
                }
                manifest.entries.push(describe(path, kind, &metadata));
            }
        }
        manifest
            .entries
            .sort_unstable_by(|a, b| a.path.cmp(&b.path));
        manifest.seconds = started.elapsed().as_secs_f64();
        manifest
    }

    /// What is different in `after`, with paths relative to `root`.
    pub fn compare(&self, after: &Self, root: &Path) -> Comparison {
        let started = Instant::now();
        let mut changed = Vec::new();
        let mut note = |path: &Path, change| {
            let shown = path.strip_prefix(root).unwrap_or(path);
            changed.push(Change {
                path: shown.to_string_lossy().into_owned(),
                change,
            });
        };
        let (mut old, mut new) = (
            self.entries.iter().peekable(),
            after.entries.iter().peekable(),
        );
        loop {
            match (old.peek(), new.peek()) {
                (Some(before), Some(now)) if before.path == now.path => {
                    if let Some(change) = difference(before, now) {
                        note(&now.path, change);
                    }
                    old.next();
                    new.next();
                }
                (Some(before), now) if now.is_none_or(|now| before.path < now.path) => {
                    note(&before.path, "deleted");
                    old.next();
                }
                (_, Some(now)) => {
                    note(&now.path, "created");
                    new.next();
                }
                (_, None) => break,
            }
        }
        Comparison {
            compared: after.entries.len(),
            unreadable: after.unreadable,
            seconds: self.seconds + after.seconds + started.elapsed().as_secs_f64(),
            changed,
        }
    }
}

fn difference(before: &Entry, now: &Entry) -> Option<&'static str> {
    if before == now {
        return None;
    }
    if before.kind != now.kind {
        return Some("modified");
    }
    if now.kind == Kind::Folder {
        // A folder's size and time only say that a child came or went, which is said for the child.
        return (before.mode != now.mode).then_some("metadata");
    }
    let content = (before.size, before.modified_ns, before.inode);
    let same = content == (now.size, now.modified_ns, now.inode);
    Some(if same { "metadata" } else { "modified" })
}

fn kind_of(metadata: &Metadata) -> Kind {
    if metadata.is_dir() {
        Kind::Folder
    } else if metadata.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

#[cfg(unix)]
fn describe(path: PathBuf, kind: Kind, metadata: &Metadata) -> Entry {
    use std::os::unix::fs::MetadataExt;
    let modified_ns =
        i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec());
    Entry {
        path,
        kind,
        size: metadata.size(),
        modified_ns,
        inode: metadata.ino(),
        mode: metadata.mode(),
    }
}

#[cfg(not(unix))]
fn describe(path: PathBuf, kind: Kind, metadata: &Metadata) -> Entry {
    let modified_ns = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |age| age.as_nanos().cast_signed());
    Entry {
        path,
        kind,
        size: metadata.len(),
        modified_ns,
        inode: 0,
        mode: 0,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Change, Manifest};

    fn changes(root: &Path, act: impl FnOnce(&Path)) -> Vec<Change> {
        let before = Manifest::take(root);
        act(root);
        before.compare(&Manifest::take(root), root).changed
    }

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("app")).expect("a folder");
        fs::write(folder.path().join("app/models.py"), "a").expect("a file");
        fs::write(folder.path().join("manage.py"), "b").expect("a file");
        folder
    }

    fn one(path: &str, change: &'static str) -> Vec<Change> {
        vec![Change {
            path: path.to_owned(),
            change,
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
        assert_eq!(found, one("app/db.sqlite3", "created"));
    }

    #[test]
    fn a_removed_file_is_deleted() {
        let found = changes(tree().path(), |root| {
            fs::remove_file(root.join("manage.py")).expect("a file");
        });
        assert_eq!(found, one("manage.py", "deleted"));
    }

    #[test]
    fn new_content_of_the_same_size_is_modified() {
        let found = changes(tree().path(), |root| {
            fs::write(root.join("manage.py"), "c").expect("a file");
        });
        assert_eq!(found, one("manage.py", "modified"));
    }

    #[cfg(unix)]
    #[test]
    fn another_mode_is_metadata() {
        use std::os::unix::fs::PermissionsExt;
        let found = changes(tree().path(), |root| {
            let mode = fs::Permissions::from_mode(0o711);
            fs::set_permissions(root.join("manage.py"), mode).expect("a file");
        });
        assert_eq!(found, one("manage.py", "metadata"));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf8_is_compared_and_shown_readably() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let found = changes(tree().path(), |root| {
            fs::write(root.join(OsStr::from_bytes(b"caf\xe9")), "").expect("a file");
        });
        assert_eq!(found, one("caf\u{fffd}", "created"));
    }
}
