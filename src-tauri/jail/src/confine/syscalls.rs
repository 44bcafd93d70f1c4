//! seccomp: system calls that no wall of the file system covers. A list of what is refused, not of
//! what is allowed: Python programs use too many.

use libc::*;
use seccompiler::{BpfProgram, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition};

use super::filter::{Failure, Refused, joined, of_this_architecture, without_x32};
use super::rules::landlock_covers_truncating;
use crate::policy::Policy;
use crate::tier::Tier;

/// Not in libc yet: the newest calls that change a file's attributes.
const SYS_SETXATTRAT: c_long = 463;
const SYS_REMOVEXATTRAT: c_long = 466;
const SYS_FILE_SETATTR: c_long = 469;
const FS_IOC_SETFLAGS: u64 = 0x4008_6602;

/// Requests that change a file of which only a descriptor for reading is needed: attributes,
/// generation, verity and encryption, and the subvolumes of Btrfs.
const ATTRIBUTE_REQUESTS: [u64; 15] = [
    FS_IOC_SETFLAGS,
    FS_IOC_FSSETXATTR,
    FS_IOC_SETVERSION,
    EXT4_IOC_SETVERSION,
    FS_IOC_ENABLE_VERITY,
    FS_IOC_SET_ENCRYPTION_POLICY,
    FS_IOC_ADD_ENCRYPTION_KEY,
    BTRFS_IOC_SNAP_CREATE,
    BTRFS_IOC_SUBVOL_CREATE,
    BTRFS_IOC_SNAP_DESTROY,
    BTRFS_IOC_SNAP_CREATE_V2,
    BTRFS_IOC_SUBVOL_CREATE_V2,
    BTRFS_IOC_SUBVOL_SETFLAGS,
    BTRFS_IOC_SET_RECEIVED_SUBVOL,
    BTRFS_IOC_SNAP_DESTROY_V2,
];
const FS_IOC_FSSETXATTR: u64 = 0x401c_5820;
const FS_IOC_SETVERSION: u64 = 0x4008_7602;
const EXT4_IOC_SETVERSION: u64 = 0x4008_6604;
const FS_IOC_ENABLE_VERITY: u64 = 0x4080_6685;
const FS_IOC_SET_ENCRYPTION_POLICY: u64 = 0x800c_6613;
const FS_IOC_ADD_ENCRYPTION_KEY: u64 = 0xc050_6617;
const BTRFS_IOC_SNAP_CREATE: u64 = 0x5000_9401;
const BTRFS_IOC_SUBVOL_CREATE: u64 = 0x5000_940e;
const BTRFS_IOC_SNAP_DESTROY: u64 = 0x5000_940f;
const BTRFS_IOC_SNAP_CREATE_V2: u64 = 0x5000_9417;
const BTRFS_IOC_SUBVOL_CREATE_V2: u64 = 0x5000_9418;
const BTRFS_IOC_SUBVOL_SETFLAGS: u64 = 0x4008_941a;
const BTRFS_IOC_SET_RECEIVED_SUBVOL: u64 = 0xc0c8_9425;
const BTRFS_IOC_SNAP_DESTROY_V2: u64 = 0x5000_943f;

/// Limits and scheduling of a process, whose number is the first argument.
const OF_ANOTHER_PROCESS: [c_long; 5] = [
    SYS_prlimit64,
    SYS_sched_setaffinity,
    SYS_sched_setattr,
    SYS_sched_setparam,
    SYS_sched_setscheduler,
];
/// Its number in namespaces of its own.
const KEEPER: u64 = 1;
const IOPRIO_WHO_PROCESS: u64 = 1;
/// Its value marks all that a command starts.
const MARKED_LIMIT: u64 = RLIMIT_MSGQUEUE as u64;
/// The bits of a socket's type that are not flags.
const SOCKET_KIND: u64 = 0xf;

pub fn refuse(tier: Tier, policy: &Policy) -> Result<(), String> {
    let program = program(tier, policy).map_err(|error| format!("seccomp: {error}"))?;
    seccompiler::apply_filter(&program).map_err(|error| format!("seccomp: {error}"))
}

fn program(tier: Tier, policy: &Policy) -> Result<BpfProgram, Failure> {
    let shared = !tier.has_namespaces();
    let mut never = Refused::default();
    never.always(SYSTEM);
    namespaces(&mut never)?;
    match tier {
        Tier::WriteBlocked => {
            never.always(modes_and_times());
            never.always([SYS_truncate]);
        }
        Tier::Shadow if !landlock_covers_truncating() => truncating(&mut never)?,
        _ => {}
    }
    if shared {
        attributes(&mut never)?;
        other_processes(&mut never)?;
    } else {
        keeper(&mut never)?;
    }
    let mut sockets = Refused::default();
    families(&mut sockets, shared && !policy.network)?;
    // "Not there" instead of "refused": the C library then uses clone, whose flags can be looked at.
    let mut absent = Refused::default();
    absent.always([
        SYS_clone3,
        SYS_io_uring_setup,
        SYS_io_uring_enter,
        SYS_io_uring_register,
    ]);
    if tier == Tier::Shadow && !landlock_covers_truncating() {
        // Its flags lie in memory, where a filter cannot look.
        absent.always([SYS_openat2]);
    }
    let mut pretended = Refused::default();
    if tier == Tier::Shadow {
        pretended.always(modes_and_times());
    }
    Ok(joined([
        of_this_architecture()?,
        without_x32(),
        never.program(EPERM)?,
        sockets.program(EACCES)?,
        absent.program(ENOSYS)?,
        pretended.program(NOTHING_DONE)?,
    ]))
}

/// The answer that says it is done, to what is not even tried.
const NOTHING_DONE: c_int = 0;

const SYSTEM: [c_long; 48] = [
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_move_mount,
    SYS_open_tree,
    SYS_mount_setattr,
    SYS_unshare,
    SYS_setns,
    SYS_chroot,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_process_madvise,
    SYS_kcmp,
    SYS_pidfd_getfd,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_open_by_handle_at,
    SYS_fanotify_init,
    SYS_kexec_load,
    SYS_kexec_file_load,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_swapon,
    SYS_swapoff,
    SYS_reboot,
    SYS_acct,
    SYS_quotactl,
    SYS_quotactl_fd,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_clock_adjtime,
    SYS_adjtimex,
    SYS_syslog,
    SYS_vhangup,
    SYS_move_pages,
    SYS_migrate_pages,
];

fn namespaces(refused: &mut Refused) -> Result<(), Failure> {
    for flag in [
        CLONE_NEWUSER,
        CLONE_NEWNS,
        CLONE_NEWPID,
        CLONE_NEWNET,
        CLONE_NEWIPC,
        CLONE_NEWUTS,
        CLONE_NEWCGROUP,
    ] {
        let flag = u64::from(flag.unsigned_abs());
        refused.when(SYS_clone, 0, SeccompCmpOp::MaskedEq(flag), flag)?;
    }
    // Typing into the terminal a program was started from.
    for request in [TIOCSTI, TIOCLINUX] {
        refused.when(SYS_ioctl, 1, SeccompCmpOp::Eq, request)?;
    }
    Ok(())
}

/// Landlock does not look at these, so they would reach the real files: of the project itself by its
/// path, and all others. In a copy they seem to succeed, because a project sets the modes of what
/// it makes, and goes on without.
fn modes_and_times() -> Vec<c_long> {
    let mut calls = vec![
        SYS_fchmod,
        SYS_fchmodat,
        SYS_fchmodat2,
        SYS_fchown,
        SYS_fchownat,
        SYS_utimensat,
    ];
    #[cfg(target_arch = "x86_64")]
    calls.extend([
        SYS_chmod,
        SYS_chown,
        SYS_lchown,
        SYS_utime,
        SYS_utimes,
        SYS_futimesat,
    ]);
    calls
}

/// Where Landlock does not know it: by path, and by an open that asks for no right to write.
fn truncating(refused: &mut Refused) -> Result<(), Failure> {
    refused.always([SYS_truncate]);
    let flags = |flags: c_int| u64::from(flags.unsigned_abs());
    let reading = SeccompCmpOp::MaskedEq(flags(O_TRUNC | O_ACCMODE));
    refused.when(SYS_openat, 2, reading.clone(), flags(O_TRUNC | O_RDONLY))?;
    #[cfg(target_arch = "x86_64")]
    refused.when(SYS_open, 1, reading, flags(O_TRUNC | O_RDONLY))?;
    Ok(())
}

/// Nor at these, and nobody needs them: what copies files goes on without.
fn attributes(refused: &mut Refused) -> Result<(), Failure> {
    refused.always([
        SYS_setxattr,
        SYS_lsetxattr,
        SYS_fsetxattr,
        SYS_removexattr,
        SYS_lremovexattr,
        SYS_fremovexattr,
        SYS_SETXATTRAT,
        SYS_REMOVEXATTRAT,
        SYS_FILE_SETATTR,
    ]);
    for request in ATTRIBUTE_REQUESTS {
        refused.when(SYS_ioctl, 1, SeccompCmpOp::Eq, request)?;
    }
    // Whoever opens such a file has to wait for the command to let go of it.
    let lease = u64::from(F_SETLEASE.unsigned_abs());
    refused.when(SYS_fcntl, 1, SeccompCmpOp::Eq, lease)
}

/// The keeper has the same user. Without room for a descriptor it could not list what was written.
fn keeper(refused: &mut Refused) -> Result<(), Failure> {
    for call in OF_ANOTHER_PROCESS {
        refused.when(call, 0, SeccompCmpOp::Eq, KEEPER)?;
    }
    for call in [SYS_setpriority, SYS_ioprio_set] {
        refused.when(call, 1, SeccompCmpOp::Eq, KEEPER)?;
    }
    Ok(())
}

/// What reaches the user's other processes where they share a namespace with the command.
fn other_processes(refused: &mut Refused) -> Result<(), Failure> {
    refused.always([
        // Whoever guesses a number needs no call that looks one up.
        SYS_shmget,
        SYS_shmat,
        SYS_shmctl,
        SYS_semget,
        SYS_semop,
        SYS_semtimedop,
        SYS_semctl,
        SYS_msgget,
        SYS_msgsnd,
        SYS_msgrcv,
        SYS_msgctl,
        SYS_mq_open,
        SYS_mq_unlink,
        SYS_mq_timedsend,
        SYS_mq_timedreceive,
        SYS_mq_notify,
        SYS_mq_getsetattr,
    ]);
    // It would lower what marks it, and whatever it starts, as the launcher's.
    refused.when(SYS_setrlimit, 0, SeccompCmpOp::Eq, MARKED_LIMIT)?;
    let (double, long) = (SeccompCmpArgLen::Dword, SeccompCmpArgLen::Qword);
    let lowering = vec![
        SeccompCondition::new(1, double, SeccompCmpOp::Eq, MARKED_LIMIT)?,
        // To read it, no new one is given.
        SeccompCondition::new(2, long, SeccompCmpOp::Ne, 0)?,
    ];
    refused.rule(SYS_prlimit64, lowering)?;
    for call in OF_ANOTHER_PROCESS {
        refused.when(call, 0, SeccompCmpOp::Ne, 0)?;
    }
    // Number 0 is the process itself, but also its whole user.
    for (call, process) in [
        (SYS_setpriority, u64::from(PRIO_PROCESS)),
        (SYS_ioprio_set, IOPRIO_WHO_PROCESS),
    ] {
        refused.when(call, 0, SeccompCmpOp::Ne, process)?;
        refused.when(call, 1, SeccompCmpOp::Ne, 0)?;
    }
    Ok(())
}

/// Sockets by path reach services that could do anything for the command, and Landlock does not
/// cover them. Of the rest only what programs need: some of the others are the internet by another
/// name (RxRPC, SMC, RDS), and no rule about TCP or UDP holds for them.
fn families(refused: &mut Refused, no_internet: bool) -> Result<(), Failure> {
    if no_internet {
        refused.always([SYS_socket]);
    } else {
        refused.unless(SYS_socket, 0, &[AF_INET, AF_INET6, AF_NETLINK])?;
    }
    // A pair is connected to itself, and one of datagrams (which raw ones are as well) can be connected
    // anew or send elsewhere.
    refused.unless(SYS_socketpair, 0, &[AF_UNIX])?;
    for kind in [SOCK_DGRAM, SOCK_RAW] {
        let kind = u64::from(kind.unsigned_abs());
        refused.when(SYS_socketpair, 1, SeccompCmpOp::MaskedEq(SOCKET_KIND), kind)?;
    }
    Ok(())
}
