//! New files below a folder, without following any link that lies there.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Mode, OFlags, openat, unlinkat};
use rustix::io::Errno;

/// The folder in which `path` lies, a path below `root`. None: a link is on the way.
pub fn folder_of(root: &Path, path: &Path) -> io::Result<Option<OwnedFd>> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut folder = openat(CWD, root, flags, Mode::empty())?;
    for part in path.parent().into_iter().flat_map(Path::components) {
        folder = match openat(&folder, part.as_os_str(), flags, Mode::empty()) {
            Err(Errno::LOOP | Errno::NOTDIR) => return Ok(None),
            opened => opened?,
        };
    }
    Ok(Some(folder))
}

/// Creates a file where nothing is yet, not even a link.
pub fn create(folder: &OwnedFd, name: &OsStr) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(openat(folder, name, flags, Mode::RUSR | Mode::WUSR)?.into())
}

/// Removes a file or link, where there is one.
pub fn remove(folder: &OwnedFd, name: &OsStr) -> io::Result<()> {
    match unlinkat(folder, name, AtFlags::empty()) {
        Err(Errno::NOENT) => Ok(()),
        done => Ok(done?),
    }
}

/// Copies what a file holds, and its mode, to a new one.
pub fn copy(from: &Path, folder: &OwnedFd, name: &OsStr) -> io::Result<()> {
    let old = File::open(from)?;
    let new = create(folder, name)?;
    io::copy(&mut &old, &mut &new)?;
    new.set_permissions(old.metadata()?.permissions())
}
