//! Mounts that are made before they are attached anywhere.

use std::ffi::{CStr, CString};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::CWD;
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, MoveMountFlags, OpenTreeFlags, fsconfig_create,
    fsconfig_set_string, fsmount, fsopen, move_mount, open_tree,
};

pub const PLAIN: MountAttrFlags =
    MountAttrFlags::MOUNT_ATTR_NODEV.union(MountAttrFlags::MOUNT_ATTR_NOSUID);

/// A new mount of a file system that has no device behind it.
pub fn of_kind(kind: &str, options: &[(&str, &str)], flags: MountAttrFlags) -> io::Result<OwnedFd> {
    let fs = fsopen(kind, FsOpenFlags::FSOPEN_CLOEXEC)?;
    for (key, value) in options {
        fsconfig_set_string(&fs, *key, *value)?;
    }
    fsconfig_create(&fs)?;
    Ok(fsmount(&fs, FsMountFlags::FSMOUNT_CLOEXEC, flags)?)
}

/// What is at `path` now, with everything mounted below it.
pub fn clone_of(path: &Path) -> io::Result<OwnedFd> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE
        | OpenTreeFlags::OPEN_TREE_CLOEXEC
        | OpenTreeFlags::AT_RECURSIVE;
    Ok(open_tree(CWD, path, flags)?)
}

/// The same of a folder that is held.
pub fn clone_of_held(folder: &OwnedFd) -> io::Result<OwnedFd> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE
        | OpenTreeFlags::OPEN_TREE_CLOEXEC
        | OpenTreeFlags::AT_EMPTY_PATH
        | OpenTreeFlags::AT_RECURSIVE;
    Ok(open_tree(folder, c"", flags)?)
}

/// What is at `path`, without anything mounted below it.
pub fn clone_of_one(path: &Path) -> io::Result<OwnedFd> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC;
    Ok(open_tree(CWD, path, flags)?)
}

pub fn attach(mount: &OwnedFd, at: &Path) -> io::Result<()> {
    let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH;
    Ok(move_mount(mount, c"", CWD, at, flags)?)
}

/// A path that reaches what a descriptor refers to.
pub fn through(fd: &OwnedFd) -> String {
    format!("/proc/self/fd/{}", fd.as_raw_fd())
}

const AT_RECURSIVE: libc::c_int = 0x8000;

/// `struct mount_attr` of the kernel.
#[repr(C)]
struct MountAttr {
    set: u64,
    clear: u64,
    propagation: u64,
    user_namespace: u64,
}

/// Makes everything mounted at and below `path` read-only, without devices and set-user-id files.
pub fn make_read_only(path: &Path) -> io::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    set_read_only(libc::AT_FDCWD, &path, AT_RECURSIVE)
}

/// Makes this mount read-only, and not those attached below it.
pub fn make_one_read_only(mount: &OwnedFd) -> io::Result<()> {
    set_read_only(mount.as_raw_fd(), c"", libc::AT_EMPTY_PATH)
}

/// Makes a detached mount read-only with all that came along with it.
pub fn make_all_read_only(mount: &OwnedFd) -> io::Result<()> {
    set_read_only(mount.as_raw_fd(), c"", libc::AT_EMPTY_PATH | AT_RECURSIVE)
}

fn set_read_only(folder: RawFd, path: &CStr, flags: libc::c_int) -> io::Result<()> {
    let attr = MountAttr {
        set: u64::from((PLAIN | MountAttrFlags::MOUNT_ATTR_RDONLY).bits()),
        clear: 0,
        propagation: 0,
        user_namespace: 0,
    };
    // SAFETY: both pointers live for the call, and the size is that of the struct.
    let result = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            folder,
            path.as_ptr(),
            flags,
            &raw const attr,
            size_of::<MountAttr>(),
        )
    };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
