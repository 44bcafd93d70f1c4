//! A process in namespaces of its own.

use std::fs;
use std::io;

/// What a process is started in; the network comes later.
pub const FIRST: libc::c_int = libc::CLONE_NEWUSER
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUTS;

/// Gives this process a network without any other machine, and without the services of this one.
pub fn leave_the_network() -> io::Result<()> {
    // SAFETY: unshare with this flag changes only which network this process is in.
    match unsafe { libc::unshare(libc::CLONE_NEWNET) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Forks; 0 is returned in the child. Only for a process with one thread.
pub fn fork_into(flags: libc::c_int) -> io::Result<i32> {
    let flags = libc::c_long::from(flags | libc::SIGCHLD);
    // SAFETY: without CLONE_VM and a stack this is fork(), and this process has a single thread.
    let pid = unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) };
    if pid < 0 {
        return Err(io::Error::last_os_error());
    }
    i32::try_from(pid).map_err(io::Error::other)
}

/// Called from outside for the child `pid`. The real root maps every number, so that files of other
/// users keep their owners and can be copied up; anyone else may map only himself.
pub fn write_id_maps(pid: i32) -> io::Result<()> {
    // SAFETY: these only read numbers of this process.
    let (uid, gid) = unsafe { (libc::geteuid(), libc::getegid()) };
    let file = |name: &str| format!("/proc/{pid}/{name}");
    let everybody = "0 0 4294967295";
    if uid == 0 && fs::write(file("uid_map"), everybody).is_ok() {
        return fs::write(file("gid_map"), everybody);
    }
    fs::write(file("setgroups"), "deny")?;
    fs::write(file("uid_map"), format!("{uid} {uid} 1"))?;
    fs::write(file("gid_map"), format!("{gid} {gid} 1"))
}
