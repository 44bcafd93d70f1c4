//! Overlays: a folder as it is, under a layer that takes the writes.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags, open};
use rustix::mount::{
    FsMountFlags, FsOpenFlags, fsconfig_create, fsconfig_set_fd, fsconfig_set_flag,
    fsconfig_set_string, fsmount, fsopen,
};

use super::new_mounts::{PLAIN, through};

/// A folder that stays open, whatever is mounted over its path.
pub fn hold(folder: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(open(folder, flags, Mode::empty())?)
}

/// The layers of one overlay, the uppermost of `lower` first.
pub struct Layers<'a> {
    pub lower: Vec<&'a OwnedFd>,
    pub upper: &'a OwnedFd,
    pub work: &'a OwnedFd,
}

impl Layers<'_> {
    /// A detached mount of all of them.
    ///
    /// Layers are given by descriptor: in a path, commas, colons and backslashes would be read as
    /// separators, and 256 bytes would be the end. Kernels before 6.13 take a path that leads
    /// through the descriptor.
    pub fn mount(&self) -> io::Result<OwnedFd> {
        self.mount_by_descriptor().or_else(|_| self.mount_by_path())
    }

    fn mount_by_descriptor(&self) -> io::Result<OwnedFd> {
        let fs = fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC)?;
        for lower in &self.lower {
            fsconfig_set_fd(&fs, "lowerdir+", lower)?;
        }
        fsconfig_set_fd(&fs, "upperdir", self.upper)?;
        fsconfig_set_fd(&fs, "workdir", self.work)?;
        finish(&fs)
    }

    fn mount_by_path(&self) -> io::Result<OwnedFd> {
        let fs = fsopen("overlay", FsOpenFlags::FSOPEN_CLOEXEC)?;
        let lower: Vec<String> = self.lower.iter().map(|fd| through(fd)).collect();
        fsconfig_set_string(&fs, "lowerdir", lower.join(":"))?;
        fsconfig_set_string(&fs, "upperdir", through(self.upper))?;
        fsconfig_set_string(&fs, "workdir", through(self.work))?;
        finish(&fs)
    }
}

fn finish(fs: &OwnedFd) -> io::Result<OwnedFd> {
    // Marks of the overlay that an ordinary user may write, and read from outside.
    fsconfig_set_flag(fs, "userxattr")?;
    // Nothing in a layer outlives its run. Without this the end of one would wait until all that
    // lies on the same disk, whoever wrote it, is written out.
    fsconfig_set_flag(fs, "volatile")?;
    fsconfig_create(fs)?;
    Ok(fsmount(fs, FsMountFlags::FSMOUNT_CLOEXEC, PLAIN)?)
}
