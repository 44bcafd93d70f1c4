//! The few system calls that the standard library has no words for.

use std::fs;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::path::Path;

use crate::report::Usage;

const CLOSE_RANGE_CLOEXEC: libc::c_uint = 4;

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(result)
    }
}

/// Orphans of what this process starts become its own children instead of init's.
pub fn become_subreaper() -> io::Result<()> {
    // SAFETY: prctl with these arguments only sets a flag of this process.
    check(unsafe { libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) }).map(|_| ())
}

/// Only for a process whose parent has one thread: it means the end of that thread.
pub fn die_with_parent() -> io::Result<()> {
    // SAFETY: prctl with these arguments only sets a flag of this process.
    check(unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) }).map(|_| ())
}

/// A session and a process group of its own, without a terminal.
pub fn become_session() -> io::Result<()> {
    // SAFETY: setsid only changes this process.
    check(unsafe { libc::setsid() }).map(|_| ())
}

/// Closes `/proc/PID/fd` and the like of this process, for all but root outside. Exec opens them again.
pub fn keep_own_memory_and_files_closed() -> io::Result<()> {
    // SAFETY: prctl with these arguments only sets a flag of this process.
    check(unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0) }).map(|_| ())
}

/// Ends this process without anything that its parent, whose copy it is, would do at its end.
pub fn exit(code: i32) -> ! {
    // SAFETY: _exit has no conditions.
    unsafe { libc::_exit(code) }
}

/// Whatever is open beyond the three standard streams is closed by the next exec.
pub fn close_all_on_exec() -> io::Result<()> {
    let first: libc::c_uint = 3;
    // SAFETY: this only sets a flag of descriptors.
    let done = unsafe {
        libc::syscall(
            libc::SYS_close_range,
            first,
            libc::c_uint::MAX,
            CLOSE_RANGE_CLOEXEC,
        )
    };
    if done == 0 {
        return Ok(());
    }
    // Kernels before 5.11 do not know the call or its flag.
    let names = fs::read_dir("/proc/self/fd")?.map(|entry| entry.map(|entry| entry.file_name()));
    for name in names.collect::<io::Result<Vec<_>>>()? {
        match name.to_str().and_then(|name| name.parse::<RawFd>().ok()) {
            Some(fd) if fd > 2 => match set_close_on_exec(fd, true) {
                // The listing's own.
                Err(error) if error.raw_os_error() == Some(libc::EBADF) => {}
                done => done?,
            },
            _ => {}
        }
    }
    Ok(())
}

/// Bytes an ordinary user could still write where `path` lies.
pub fn free_bytes(path: &Path) -> Option<u64> {
    free(path).map(|free| free.bytes)
}

pub struct Free {
    pub bytes: u64,
    /// None on a file system that makes room for as many as there are bytes for.
    pub files: Option<u64>,
}

/// What an ordinary user could still write where `path` lies.
pub fn free(path: &Path) -> Option<Free> {
    let found = rustix::fs::statvfs(path).ok()?;
    Some(Free {
        bytes: found.f_bavail * found.f_frsize,
        files: (found.f_files > 0).then_some(found.f_favail),
    })
}

pub fn set_close_on_exec(fd: RawFd, on: bool) -> io::Result<()> {
    let flag = if on { libc::FD_CLOEXEC } else { 0 };
    // SAFETY: fcntl on a descriptor number; a wrong one is an error, not undefined.
    check(unsafe { libc::fcntl(fd, libc::F_SETFD, flag) }).map(|_| ())
}

/// A pipe: (read end, write end), both closed on exec.
pub fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut fds = [0; 2];
    // SAFETY: the array has room for the two descriptors that pipe2 writes.
    check(unsafe { libc::pipe2(fds.as_mut_ptr(), libc::O_CLOEXEC) })?;
    // SAFETY: both were just made and are owned by nobody else.
    Ok(unsafe { (OwnedFd::from_raw_fd(fds[0]), OwnedFd::from_raw_fd(fds[1])) })
}

/// Blocks the signals that are handled, and returns a descriptor that delivers them.
pub fn signal_fd() -> io::Result<OwnedFd> {
    let set = signals([libc::SIGCHLD, libc::SIGTERM, libc::SIGINT, libc::SIGHUP]);
    change_blocked(libc::SIG_BLOCK, &set)?;
    // SAFETY: the set was initialised.
    let fd = unsafe { libc::signalfd(-1, &raw const set, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK) };
    // SAFETY: the descriptor was just made and is owned by nobody else.
    check(fd).map(|fd| unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Every signal arrives again; what is blocked passes through exec.
pub fn block_no_signal() -> io::Result<()> {
    change_blocked(libc::SIG_SETMASK, &signals([]))
}

fn signals<const COUNT: usize>(numbers: [libc::c_int; COUNT]) -> libc::sigset_t {
    // SAFETY: the set is initialised by sigemptyset before it is used.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        for number in numbers {
            libc::sigaddset(&raw mut set, number);
        }
        set
    }
}

fn change_blocked(how: libc::c_int, set: &libc::sigset_t) -> io::Result<()> {
    // SAFETY: the set is initialised; without a place for it no old one is written.
    check(unsafe { libc::sigprocmask(how, set, std::ptr::null_mut()) }).map(|_| ())
}

/// The signals that arrived since the last call.
pub fn read_signals(fd: &OwnedFd) -> Vec<i32> {
    let mut signals = Vec::new();
    loop {
        // SAFETY: a zeroed siginfo is valid, and read() is given its exact size.
        let (count, info) = unsafe {
            let mut info: libc::signalfd_siginfo = std::mem::zeroed();
            let size = size_of::<libc::signalfd_siginfo>();
            (
                libc::read(fd.as_raw_fd(), (&raw mut info).cast(), size),
                info,
            )
        };
        if count <= 0 {
            return signals;
        }
        signals.extend(i32::try_from(info.ssi_signo));
    }
}

/// Waits until one of `fds` can be read, or for `timeout_ms` (-1: for ever).
pub fn poll(fds: &[RawFd], timeout_ms: i32) -> Vec<bool> {
    let mut polled: Vec<libc::pollfd> = fds
        .iter()
        .map(|&fd| libc::pollfd {
            fd,
            events: libc::POLLIN,
            revents: 0,
        })
        .collect();
    let count = polled.len() as libc::nfds_t;
    // SAFETY: the pointer and the count describe the vector above.
    unsafe { libc::poll(polled.as_mut_ptr(), count, timeout_ms) };
    polled.iter().map(|one| one.revents != 0).collect()
}

/// Reads what is there; empty means end-of-file.
pub fn read(fd: RawFd) -> Vec<u8> {
    let mut buffer = vec![0; 65536];
    // SAFETY: the buffer has the size that is passed.
    let count = unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) };
    buffer.truncate(usize::try_from(count).unwrap_or(0));
    buffer
}

pub fn write_line(fd: RawFd, line: &str) {
    let data = format!("{line}\n");
    let mut rest = data.as_bytes();
    while !rest.is_empty() {
        // SAFETY: the slice is valid for the length that is passed.
        let count = unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) };
        match usize::try_from(count) {
            Ok(count) if count > 0 => rest = &rest[count..],
            // Nobody reads any more: there is nobody to tell.
            _ => return,
        }
    }
}

pub fn kill(pid: i32, signal: i32) {
    // SAFETY: kill has no memory effects; a pid that is gone is an error that means "done".
    unsafe { libc::kill(pid, signal) };
}

/// One child that ended, with its wait status; None when none has.
pub fn reap() -> Option<(i32, i32)> {
    let mut status = 0;
    // SAFETY: waitpid writes one int to the given place.
    let pid = unsafe { libc::waitpid(-1, &raw mut status, libc::WNOHANG) };
    (pid > 0).then_some((pid, status))
}

/// The next child that ends, with its wait status; None when there is no child left.
pub fn wait_for_any() -> Option<(i32, i32)> {
    let mut status = 0;
    // SAFETY: waitpid writes one int to the given place.
    let pid = unsafe { libc::waitpid(-1, &raw mut status, 0) };
    (pid > 0).then_some((pid, status))
}

/// The wait status of a child that has ended or is about to.
pub fn wait_for(pid: i32) -> i32 {
    let mut status = 0;
    // SAFETY: waitpid writes one int to the given place.
    while unsafe { libc::waitpid(pid, &raw mut status, 0) } < 0 {
        if io::Error::last_os_error().kind() != io::ErrorKind::Interrupted {
            break;
        }
    }
    status
}

/// Exit code or signal of a wait status.
pub fn decode(status: i32) -> (Option<i32>, Option<i32>) {
    if libc::WIFSIGNALED(status) {
        (None, Some(libc::WTERMSIG(status)))
    } else {
        (Some(libc::WEXITSTATUS(status)), None)
    }
}

/// What all reaped children used.
pub fn usage_of_children() -> Usage {
    // SAFETY: getrusage fills the zeroed struct it is given.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    Usage {
        user_s: seconds(usage.ru_utime),
        system_s: seconds(usage.ru_stime),
        max_rss_bytes: usage.ru_maxrss * 1024,
    }
}

/// When a process started, in seconds since the epoch.
pub fn create_time(pid: i32) -> f64 {
    let ticks = fs::read_to_string(format!("/proc/{pid}/stat"))
        .ok()
        .and_then(|stat| {
            stat.rsplit(')')
                .next()?
                .split_whitespace()
                .nth(19)?
                .parse::<f64>()
                .ok()
        });
    let boot = fs::read_to_string("/proc/stat").ok().and_then(|stat| {
        stat.lines()
            .find_map(|line| line.strip_prefix("btime ")?.trim().parse::<f64>().ok())
    });
    // SAFETY: sysconf only reads a constant.
    let per_second = unsafe { libc::sysconf(libc::_SC_CLK_TCK) } as f64;
    boot.unwrap_or(0.0) + ticks.unwrap_or(0.0) / per_second
}
