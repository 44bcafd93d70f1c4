//! What a command tried to write, read from the layer that took its writes.

use std::fs::{self, DirEntry, File, Metadata};
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::report::{WRITES_LISTED, Write};

/// All writes of a run, of which the first are kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Writes {
    pub listed: Vec<Write>,
    pub total: usize,
}

impl Writes {
    pub fn add(&mut self, path: &Path, change: &str, size: u64) {
        self.total += 1;
        if self.listed.len() < WRITES_LISTED {
            self.listed.push(Write {
                path: path.to_string_lossy().into_owned(),
                change: change.to_owned(),
                size,
            });
        }
    }

    pub fn remove(&mut self, unwanted: impl Fn(&Write) -> bool) {
        let before = self.listed.len();
        self.listed.retain(|write| !unwanted(write));
        self.total -= before - self.listed.len();
    }

    pub fn extend(&mut self, other: Self) {
        self.total += other.total;
        let room = WRITES_LISTED.saturating_sub(self.listed.len());
        self.listed.extend(other.listed.into_iter().take(room));
    }
}

/// One folder of an overlay: the layer that was written to, and those it lies on, uppermost first.
#[derive(Clone)]
struct Folder {
    upper: PathBuf,
    lower: Vec<PathBuf>,
    /// The folder in the words of the report.
    shown: PathBuf,
}

/// Lists what is different in `upper` from the layers below it. `shown` replaces the folder's own
/// path in the report; it is empty for the project, whose paths are relative.
pub fn scan(upper: &Path, lower: &[PathBuf], shown: &Path, writes: &mut Writes) {
    let folder = Folder {
        upper: upper.to_owned(),
        lower: lower.to_vec(),
        shown: shown.to_owned(),
    };
    folder.scan(writes);
}

impl Folder {
    fn below(&self, entry: &DirEntry) -> Self {
        let name = entry.file_name();
        Self {
            upper: self.upper.join(&name),
            lower: self.lower.iter().map(|lower| lower.join(&name)).collect(),
            shown: self.shown.join(&name),
        }
    }

    fn scan(&self, writes: &mut Writes) {
        for entry in entries_of_own(&self.upper) {
            let Ok(now) = entry.metadata() else { continue };
            let one = self.below(&entry);
            if is_whiteout(&now) {
                if let Some((path, before)) = one.before() {
                    writes.add(&one.shown, "deleted", before.size());
                    deleted_below(&path, &before, &one.shown, writes);
                }
            } else if now.is_dir() {
                one.compare_folder(&now, writes);
            } else {
                one.compare_file(&now, writes);
            }
        }
    }

    /// What was there, and in which layer.
    fn before(&self) -> Option<(PathBuf, Metadata)> {
        for path in &self.lower {
            if let Ok(found) = fs::symlink_metadata(path) {
                return (!is_whiteout(&found)).then(|| (path.clone(), found));
            }
        }
        None
    }

    fn compare_folder(&self, now: &Metadata, writes: &mut Writes) {
        match self.before() {
            Some((_, before)) if before.is_dir() => {
                if attributes(&before) != attributes(now) {
                    writes.add(&self.shown, "metadata", 0);
                }
                if is_opaque(&self.upper) {
                    self.deleted_under_opaque(writes);
                }
                self.scan(writes);
            }
            before => {
                writes.add(&self.shown, replaced_or_created(before.is_some()), 0);
                let new = Self {
                    lower: Vec::new(),
                    ..self.clone()
                };
                new.scan(writes);
            }
        }
    }

    fn compare_file(&self, now: &Metadata, writes: &mut Writes) {
        let change = match self.before() {
            None => "created",
            Some((path, before)) if same_content(&path, &before, &self.upper, now) => {
                let same = attributes(&before) == attributes(now)
                    && (before.mtime(), before.mtime_nsec()) == (now.mtime(), now.mtime_nsec());
                if same { "touched" } else { "metadata" }
            }
            Some(_) => "modified",
        };
        writes.add(&self.shown, change, now.size());
    }

    /// A folder that was removed and made again: what it held before is hidden without whiteouts.
    fn deleted_under_opaque(&self, writes: &mut Writes) {
        for lower in &self.lower {
            for entry in entries(lower) {
                let hidden = fs::symlink_metadata(self.upper.join(entry.file_name())).is_err();
                if let (true, Ok(before)) = (hidden, entry.metadata()) {
                    let shown = self.shown.join(entry.file_name());
                    writes.add(&shown, "deleted", before.size());
                    deleted_below(&entry.path(), &before, &shown, writes);
                }
            }
        }
    }
}

fn replaced_or_created(existed: bool) -> &'static str {
    if existed { "modified" } else { "created" }
}

fn deleted_below(path: &Path, before: &Metadata, shown: &Path, writes: &mut Writes) {
    if !before.is_dir() {
        return;
    }
    for entry in entries(path) {
        if let Ok(before) = entry.metadata() {
            let shown = shown.join(entry.file_name());
            writes.add(&shown, "deleted", before.size());
            deleted_below(&entry.path(), &before, &shown, writes);
        }
    }
}

fn entries(folder: &Path) -> Vec<DirEntry> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    found.sort_by_key(DirEntry::file_name);
    found
}

/// As [`entries`], also where the command took the permissions of its own folder away.
fn entries_of_own(folder: &Path) -> Vec<DirEntry> {
    if fs::read_dir(folder).is_err() {
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    }
    entries(folder)
}

/// How an overlay marks what is deleted.
fn is_whiteout(found: &Metadata) -> bool {
    found.file_type().is_char_device() && found.rdev() == 0
}

/// How an overlay marks a folder that shows nothing of the layers below.
fn is_opaque(folder: &Path) -> bool {
    let mut value = [0; 4];
    rustix::fs::lgetxattr(folder, "user.overlay.opaque", &mut value[..])
        .is_ok_and(|length| length >= 1 && value[0] == b'y')
}

/// Mode and owners; None where there is nothing.
pub fn attributes_of(path: &Path) -> Option<(u32, u32, u32)> {
    fs::symlink_metadata(path)
        .ok()
        .map(|found| attributes(&found))
}

fn attributes(found: &Metadata) -> (u32, u32, u32) {
    (found.mode(), found.uid(), found.gid())
}

fn same_content(old: &Path, before: &Metadata, new: &Path, now: &Metadata) -> bool {
    if before.is_symlink() && now.is_symlink() {
        return fs::read_link(old).ok() == fs::read_link(new).ok();
    }
    before.is_file() && now.is_file() && before.size() == now.size() && same_bytes(old, new)
}

fn same_bytes(old: &Path, new: &Path) -> bool {
    let (Ok(mut old), Ok(mut new)) = (File::open(old), File::open(new)) else {
        return false;
    };
    let (mut before, mut now) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let Ok(count) = old.read(&mut before) else {
            return false;
        };
        if count == 0 {
            return true;
        }
        if new.read_exact(&mut now[..count]).is_err() || before[..count] != now[..count] {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Writes, scan};

    /// What a scan of `upper` over `lower` finds, as (path, change).
    fn found(fill: impl FnOnce(&Path, &Path)) -> Vec<(String, String)> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (upper, lower) = (folder.path().join("upper"), folder.path().join("lower"));
        for one in [&upper, &lower] {
            fs::create_dir(one).expect("a folder");
        }
        fill(&upper, &lower);
        let mut writes = Writes::default();
        scan(&upper, &[lower], Path::new(""), &mut writes);
        let listed = writes.listed.into_iter();
        listed.map(|one| (one.path, one.change)).collect()
    }

    fn one(path: &str, change: &str) -> Vec<(String, String)> {
        vec![(path.to_owned(), change.to_owned())]
    }

    #[test]
    fn a_file_that_only_the_upper_layer_has_is_created() {
        let writes = found(|upper, _| fs::write(upper.join("new"), "x").expect("a file"));
        assert_eq!(writes, one("new", "created"));
    }

    #[test]
    fn other_bytes_are_modified() {
        let writes = found(|upper, lower| {
            fs::write(lower.join("a"), "1").expect("a file");
            fs::write(upper.join("a"), "2").expect("a file");
        });
        assert_eq!(writes, one("a", "modified"));
    }

    #[test]
    fn an_equal_copy_is_touched() {
        let writes = found(|upper, lower| {
            fs::write(lower.join("a"), "1").expect("a file");
            fs::write(upper.join("a"), "1").expect("a file");
            let copied = fs::File::open(upper.join("a")).expect("the copy");
            let time = fs::metadata(lower.join("a")).and_then(|found| found.modified());
            copied.set_modified(time.expect("a time")).expect("a time");
        });
        assert_eq!(writes, one("a", "touched"));
    }

    #[test]
    fn the_contents_of_a_new_folder_are_created_too() {
        let writes = found(|upper, _| {
            fs::create_dir(upper.join("f")).expect("a folder");
            fs::write(upper.join("f/a"), "1").expect("a file");
        });
        assert_eq!(
            writes,
            [one("f", "created"), one("f/a", "created")].concat()
        );
    }
}
