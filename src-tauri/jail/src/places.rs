//! The paths of a run, as the kernel sees them: links resolved, only what exists.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::policy::Policy;

/// Where any program may write; there as well writes are diverted and listed.
pub const COMMON: [&str; 3] = ["/tmp", "/var/tmp", SHARED_MEMORY];
/// Empty for a command: what is in it belongs to processes that it has nothing to do with.
pub const SHARED_MEMORY: &str = "/dev/shm";

#[derive(Debug, Clone)]
pub struct Places {
    pub root: PathBuf,
    /// The root as the caller wrote it, perhaps by a link.
    pub root_as_given: PathBuf,
    pub cwd: PathBuf,
    pub scratch: PathBuf,
    pub hidden: Vec<PathBuf>,
    pub divert: Vec<PathBuf>,
    pub keep: Vec<PathBuf>,
    pub plain: Vec<PathBuf>,
}

impl Places {
    /// Resolves what the policy names.
    pub fn of(policy: &Policy) -> Result<Self, String> {
        let root = real(&policy.root)?;
        if root.parent().is_none() {
            return Err("the root of the file system cannot be a project".to_owned());
        }
        let scratch = real(&policy.scratch)?;
        let mut hidden = existing(&policy.hidden);
        hidden.push(scratch.clone());
        let common = COMMON.map(PathBuf::from);
        let mut divert = existing(policy.divert.iter().chain(&common));
        divert.retain(|path| path.is_dir() && *path != root && path.parent().is_some());
        Ok(Self {
            cwd: fs::canonicalize(&policy.cwd).unwrap_or_else(|_| policy.cwd.clone()),
            root_as_given: policy.root.clone(),
            root,
            scratch,
            hidden,
            divert,
            keep: existing(&policy.keep),
            plain: existing(&policy.plain),
        })
    }

    /// Makes what every tier needs.
    pub fn make_folders(&self) -> Result<(), String> {
        for folder in [self.home(), self.tmp()] {
            make(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        Ok(())
    }

    pub fn make_canary(&self) -> Result<(), String> {
        fs::write(self.canary(), "").map_err(|error| format!("scratch folder: {error}"))
    }

    pub fn home(&self) -> PathBuf {
        self.scratch.join("home")
    }

    pub fn tmp(&self) -> PathBuf {
        self.scratch.join("tmp")
    }

    /// A file that a command must not be able to write to, for the test of walls behind which it can
    /// be seen.
    pub fn canary(&self) -> PathBuf {
        self.scratch.join("canary")
    }

    pub fn upper(&self) -> PathBuf {
        self.scratch.join("upper")
    }

    pub fn work(&self) -> PathBuf {
        self.scratch.join("work")
    }

    /// A layer between the real tree and the upper one, which holds the snapshots.
    pub fn snapshots(&self) -> PathBuf {
        self.scratch.join("snapshots")
    }

    pub fn copy(&self) -> PathBuf {
        // Programs show the folder's name, so the copy keeps it.
        let name = self.root.file_name().unwrap_or_default();
        self.scratch.join("copy").join(name)
    }

    /// Whether the layers cannot lie on the disk beside the rest of the scratch folder.
    pub fn scratch_is_in_root(&self) -> bool {
        self.scratch.starts_with(&self.root)
    }
}

pub fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Removes a folder with all it holds, also where that denies its owner.
pub fn remove(folder: &Path) -> io::Result<()> {
    if fs::symlink_metadata(folder)?.is_dir() {
        let _ = fs::set_permissions(folder, Permissions::from_mode(0o700));
        for entry in fs::read_dir(folder)? {
            remove(&entry?.path())?;
        }
        fs::remove_dir(folder)
    } else {
        fs::remove_file(folder)
    }
}

fn real(path: &Path) -> Result<PathBuf, String> {
    fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The paths that exist, resolved, each once.
fn existing<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths
        .into_iter()
        .filter_map(|path| fs::canonicalize(path).ok())
    {
        if !found.contains(&path) {
            found.push(path);
        }
    }
    found
}
