//! A private copy of the tree, for machines where no layer can be put over it.

use std::fs::{self, File, FileTimes, Permissions, ReadDir};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use crate::places::{Places, make, remove};
use crate::policy::Policy;
use crate::snapshots::{self, BESIDE, beside};
use crate::{confine, fresh, sys};

/// A copy takes at most this part of what is free beside it.
const OF_FREE: u64 = 2;
const MOST_BYTES: u64 = 4 << 30;

/// Folders of tools; they are linked instead of copied where Landlock guards what is behind.
const LINKED: [&str; 4] = [".git", ".hg", "node_modules", ".tox"];

struct Copying<'a> {
    places: &'a Places,
    to: PathBuf,
    links: bool,
    room: u64,
    unreadable: usize,
}

/// Copies the tree and puts the snapshots in; returns how many files and folders nobody may read,
/// which are missing in the copy.
pub fn make_copy(policy: &Policy, places: &Places) -> Result<usize, String> {
    let to = places.copy();
    let _ = remove(&to);
    let free = sys::free_bytes(&places.scratch).unwrap_or(0);
    let mut copying = Copying {
        places,
        to: to.clone(),
        links: confine::kernel_has_landlock(),
        room: (free / OF_FREE).min(MOST_BYTES),
        unreadable: 0,
    };
    fs::read_dir(&places.root)
        .and_then(|entries| copying.folder(entries, &places.root, &to))
        .map_err(|error| format!("the copy of the project: {error}"))?;
    for snapshot in &policy.snapshots {
        put(&snapshot.file, &to, &snapshot.path)
            .map_err(|error| format!("the snapshot of {}: {error}", snapshot.path.display()))?;
    }
    Ok(copying.unreadable)
}

/// The policy for a run in the copy: every path below the root is one below the copy. The program
/// itself stays where it is, because a virtual environment may lie in the root.
pub fn moved(policy: &Policy, places: &Places) -> (Policy, Places) {
    let (mut policy, mut places) = (policy.clone(), places.clone());
    let to = places.copy();
    let roots = [places.root.clone(), places.root_as_given.clone()];
    let move_text = |text: &mut String| {
        if let Some(rest) = roots
            .iter()
            .find_map(|root| Path::new(text).strip_prefix(root).ok())
        {
            *text = to.join(rest).to_string_lossy().into_owned();
        }
    };
    policy.argv.iter_mut().skip(1).for_each(move_text);
    policy.env.values_mut().for_each(move_text);
    if let Ok(rest) = places.cwd.strip_prefix(&places.root) {
        places.cwd = to.join(rest);
    }
    (policy, places)
}

impl Copying<'_> {
    /// What somebody removes or replaces meanwhile is left out, as if it had gone before.
    fn folder(&mut self, entries: ReadDir, from: &Path, to: &Path) -> io::Result<()> {
        make(to)?;
        for entry in entries {
            let entry = entry?;
            let (from, to) = (entry.path(), to.join(entry.file_name()));
            if self.places.hidden.contains(&from) {
                continue;
            }
            let Some(kind) = self.unless_out_of_reach(entry.file_type())? else {
                continue;
            };
            if kind.is_symlink() {
                if let Some(target) = self.unless_out_of_reach(fs::read_link(&from))? {
                    unless_there(symlink(self.link_target(target), &to))?;
                }
            } else if kind.is_dir() {
                if self.links && is_of_a_tool(&from) {
                    unless_there(symlink(&from, &to))?;
                } else if let Some(entries) = self.unless_out_of_reach(fs::read_dir(&from))? {
                    self.folder(entries, &from, &to)?;
                }
            } else if kind.is_file()
                && let Some(old) = self.unless_out_of_reach(open(&from))?
            {
                self.file(&old, &to)?;
            }
        }
        if let Some(found) = self.unless_out_of_reach(fs::metadata(from))? {
            fs::set_permissions(to, Permissions::from_mode(found.mode() & 0o7777 | 0o700))?;
        }
        Ok(())
    }

    /// None for what is gone, has become a thing of another kind, or may not be read.
    fn unless_out_of_reach<T>(&mut self, found: io::Result<T>) -> io::Result<Option<T>> {
        match found {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                self.unreadable += 1;
                Ok(None)
            }
            Err(error) if snapshots::is_gone(&error) => Ok(None),
            found => found.map(Some),
        }
    }

    /// An absolute link into the tree must not lead out of the copy.
    fn link_target(&self, target: PathBuf) -> PathBuf {
        match target.strip_prefix(&self.places.root) {
            Ok(rest) => self.to.join(rest),
            Err(_) => target,
        }
    }

    fn file(&mut self, old: &File, to: &Path) -> io::Result<()> {
        let found = old.metadata()?;
        let new = if found.is_file() {
            unless_there(File::create_new(to))?
        } else {
            None
        };
        let Some(new) = new else {
            return Ok(());
        };
        // Where the file system can share blocks, a copy takes neither time nor room.
        if rustix::fs::ioctl_ficlone(&new, old).is_err() {
            self.room = self.room.checked_sub(found.size()).ok_or_else(|| {
                io::Error::other("it is too large for the room there is for a copy")
            })?;
            // No more than that of one that grows.
            io::copy(&mut old.take(found.size()), &mut &new)?;
        }
        new.set_permissions(Permissions::from_mode(found.mode() & 0o7777))?;
        new.set_times(FileTimes::new().set_modified(found.modified()?))
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
        .open(path)
}

/// A folder that changes while it is listed may name the same thing twice.
fn unless_there<T>(made: io::Result<T>) -> io::Result<Option<T>> {
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        made => made.map(Some),
    }
}

fn is_of_a_tool(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default();
    LINKED.iter().any(|known| name == *known) || folder.join("pyvenv.cfg").exists()
}

/// Puts a snapshot in the place of a database and of whatever lies beside it.
///
/// The project may have a link there, which leads to a real file. What lies behind a linked folder
/// is not part of the copy and stays as it is.
fn put(snapshot: &Path, copy: &Path, path: &Path) -> io::Result<()> {
    let folder = match fresh::folder_of(copy, path) {
        // Its folder went away before it was copied.
        Err(error) if snapshots::is_gone(&error) => None,
        found => found?,
    };
    let (Some(folder), Some(name)) = (folder, path.file_name()) else {
        return Ok(());
    };
    fresh::remove(&folder, name)?;
    for suffix in BESIDE {
        fresh::remove(&folder, beside(name, suffix).as_os_str())?;
    }
    fresh::copy(snapshot, &folder, name)
}
