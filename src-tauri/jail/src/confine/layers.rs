//! Overlays: a folder as it is, under a layer that takes the writes.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, open, openat2};
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

/// The same for a path that was resolved before. A link that somebody has put into it since could
/// lead to what is hidden, which would then be shown in another place.
pub fn hold_real(folder: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let links = ResolveFlags::NO_SYMLINKS;
    Ok(openat2(CWD, folder, flags, Mode::empty(), links)?)
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::hold_real;

    #[test]
    fn a_folder_in_whose_path_a_link_was_put_meanwhile_is_not_held() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let real = folder.path().canonicalize().expect("a real path");
        let (home, secret) = (real.join("home"), real.join("secret/environment"));
        fs::create_dir_all(home.join("environment")).expect("folders");
        fs::create_dir_all(&secret).expect("folders");
        assert!(hold_real(&home.join("environment")).is_ok());

        fs::remove_dir(home.join("environment")).expect("an empty folder");
        symlink(&secret, home.join("environment")).expect("a link");
        assert!(hold_real(&home.join("environment")).is_err());

        fs::rename(&home, real.join("moved")).expect("a new name");
        symlink(real.join("secret"), &home).expect("a link");
        assert!(hold_real(&home.join("environment")).is_err());
    }
}
