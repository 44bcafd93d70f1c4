//! Copies of databases that somebody writes to, as a layer over the real tree.
//!
//! An overlay copies a file when it is opened for writing, and locks do not pass between the copy and
//! the original: a database that is written to meanwhile is copied torn. The caller made whole copies
//! with the database's own means. They hide the real files, and the report compares with them.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};

use crate::fresh;
use crate::places::{Places, make};
use crate::policy::Policy;

/// What `SQLite` keeps beside a database; it belongs to the original, not to the copy.
pub const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

pub fn beside(database: impl AsRef<OsStr>, suffix: &str) -> PathBuf {
    let mut name: OsString = database.as_ref().to_owned();
    name.push(suffix);
    name.into()
}

/// Builds the layer. Without snapshots there is none.
pub fn make_layer(policy: &Policy, places: &Places) -> Result<(), String> {
    for snapshot in &policy.snapshots {
        put(
            &snapshot.path,
            &snapshot.file,
            &places.root,
            &places.snapshots(),
        )
        .map_err(|error| format!("the snapshot of {}: {error}", snapshot.path.display()))?;
    }
    Ok(())
}

/// Whether somebody removed or replaced meanwhile what was there a moment ago.
pub fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error(),
        // A folder that has become a file, a file that has become a link, and a link that is none.
        Some(libc::ENOENT | libc::ENOTDIR | libc::ELOOP | libc::EINVAL | libc::EISDIR)
    )
}

/// Puts the copy `file` into `layer`, in the place of `path` below `root`.
pub fn put(path: &Path, file: &Path, root: &Path, layer: &Path) -> io::Result<()> {
    make(layer)?;
    same_attributes(root, layer)?;
    let mut folder = PathBuf::new();
    for part in path.parent().into_iter().flat_map(Path::components) {
        folder.push(part);
        make(&layer.join(&folder))?;
        // The uppermost layer says what a folder's mode is.
        same_attributes_unless_gone(&root.join(&folder), &layer.join(&folder))?;
    }
    let (real, copy) = (root.join(path), layer.join(path));
    // Both names stay: a weaker tier may still need it.
    fs::hard_link(file, &copy).or_else(|_| copied(file, layer, path))?;
    same_attributes_unless_gone(&real, &copy)?;
    for suffix in BESIDE {
        if fs::symlink_metadata(beside(&real, suffix)).is_ok() {
            mark_deleted(&beside(&copy, suffix))?;
        }
    }
    Ok(())
}

fn copied(file: &Path, layer: &Path, path: &Path) -> io::Result<()> {
    match (fresh::folder_of(layer, path)?, path.file_name()) {
        (Some(folder), Some(name)) => fresh::copy(file, &folder, name),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

pub fn same_attributes(from: &Path, to: &Path) -> io::Result<()> {
    let found = fs::metadata(from)?;
    // Only root can give something away. It comes first, because it takes marks away from the mode.
    let _ = chown(to, Some(found.uid()), Some(found.gid()));
    fs::set_permissions(to, Permissions::from_mode(found.mode() & 0o7777))
}

/// The copy stays in its place: it was there when the command was asked for.
fn same_attributes_unless_gone(from: &Path, to: &Path) -> io::Result<()> {
    match same_attributes(from, to) {
        Err(error) if is_gone(&error) => Ok(()),
        done => done,
    }
}

fn mark_deleted(path: &Path) -> io::Result<()> {
    match mknodat(
        CWD,
        path,
        FileType::CharacterDevice,
        Mode::empty(),
        makedev(0, 0),
    ) {
        Err(rustix::io::Errno::EXIST) => Ok(()),
        done => Ok(done?),
    }
}
