//! Layers that lie in memory.

use std::fs::{self, Permissions};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::layers::{Layers, hold};
use super::mounts::at;
use super::new_mounts::{PLAIN, attach, clone_of_one, of_kind, through};
use crate::places::make;
use crate::snapshots::same_attributes;

/// All of them take at most this much together.
const MOST: &str = "512m";

/// A file system of its own. What is written to it is gone with this process.
pub struct Memory {
    /// Where layers can be made, for a while.
    point: PathBuf,
    /// The same as it can be read in the end: it stays writable and has nothing attached below.
    inside: OwnedFd,
}

/// A folder of it that takes writes.
pub struct Writable {
    pub mount: OwnedFd,
    /// What was written, readable in the end.
    pub upper: OwnedFd,
}

impl Memory {
    /// Made at `point`, whose real contents must be held already.
    pub fn attach(point: PathBuf) -> Result<Self, String> {
        let memory = of_kind("tmpfs", &[("mode", "0700"), ("size", MOST)], PLAIN)
            .map_err(at("memory for layers"))?;
        // Layers may lie on a mount that is attached somewhere, and on older kernels on no other.
        attach(&memory, &point).map_err(at("memory for layers"))?;
        let inside = clone_of_one(&point).map_err(at("memory for layers"))?;
        Ok(Self { point, inside })
    }

    /// What stays open until nobody waits for it any more: to close it is slow, because the kernel
    /// waits until nobody is on the way through it.
    pub fn into_held(self) -> OwnedFd {
        self.inside
    }

    /// An overlay over `lower`, with a layer called `name`.
    pub fn layer(&self, name: &str, lower: &[OwnedFd]) -> Result<Writable, String> {
        let (folder, upper) = self.folder(&format!("{name}-upper"))?;
        let (work, _) = self.folder(&format!("{name}-work"))?;
        if let Some(shown) = lower.last() {
            // The layer on top says what the mode of a folder is.
            same_attributes(through(shown).as_ref(), &folder).map_err(at("layer"))?;
        }
        let layers = Layers {
            lower: lower.iter().collect(),
            upper: &hold(&folder).map_err(at("layer"))?,
            work: &hold(&work).map_err(at("layer"))?,
        };
        let mount = layers.mount().map_err(|error| error.to_string())?;
        Ok(Writable { mount, upper })
    }

    /// An empty folder for anybody.
    pub fn private(&self, name: &str) -> Result<Writable, String> {
        let (folder, upper) = self.folder(name)?;
        let anybody = Permissions::from_mode(0o1777);
        fs::set_permissions(&folder, anybody).map_err(at("private folder"))?;
        let mount = clone_of_one(&folder).map_err(at("private folder"))?;
        Ok(Writable { mount, upper })
    }

    /// A folder, made where there is none: where it is now, and held for reading in the end.
    pub fn folder(&self, name: &str) -> Result<(PathBuf, OwnedFd), String> {
        let folder = self.point.join(name);
        make(&folder).map_err(at("memory for layers"))?;
        let inside = Path::new(&through(&self.inside)).join(name);
        let held = hold(&inside).map_err(at("memory for layers"))?;
        Ok((folder, held))
    }
}
