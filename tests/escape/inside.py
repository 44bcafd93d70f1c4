"""Run inside: tries to get out. Standard library only; prints {attempt: what it believes} as JSON.

What an attempt believes is "ok", perhaps with a detail, or the name of the error it met. Whether it
reached anything real is judged outside.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import mmap
import os
import resource
import shutil
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

WORLD = json.loads(os.environ["WORLD"])
ROOT, HOME, OUTSIDE = Path.cwd(), Path(WORLD["home"]), Path(WORLD["outside"])
DATA, VICTIM, PORT = Path(WORLD["data"]), WORLD["victim"], WORLD["port"]
ENVIRONMENT = Path(WORLD["environment"])
NAME = WORLD["name"]
LIBC = ctypes.CDLL(None, use_errno=True)
FS_IOC_SETVERSION, VERSION = 0x40087602, 4711

ATTEMPTS: dict[str, Callable[[], object]] = {}


def attempt(name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    def add(act: Callable[[], object]) -> Callable[[], object]:
        ATTEMPTS[name] = act
        return act

    return add


def append(path: Path | str) -> None:
    with Path(path).open("a") as file:
        file.write("x")


def syscall(number: int, *arguments: object) -> int:
    result = LIBC.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


# --- the project ----------------------------------------------------------------------------------
ATTEMPTS |= {
    "delete manage.py": (ROOT / "manage.py").unlink,
    "append to settings": lambda: append(ROOT / "settings.py"),
    "truncate a file": lambda: os.truncate(ROOT / "truncate.py", 0),
    "rename a file": lambda: (ROOT / "rename.py").rename(ROOT / "renamed.py"),
    "chmod a file": lambda: (ROOT / "mode.py").chmod(0o777),
    "set a file's times": lambda: os.utime(ROOT / "times.py", (1, 1)),
    "set an attribute (xattr)": lambda: os.setxattr(ROOT / "xattr.py", "user.x", b"1"),
    "hard link within the project": lambda: os.link(ROOT / "link.py", ROOT / "linked.py"),
    "remove a folder": lambda: shutil.rmtree(ROOT / "folder"),
}


@attempt("write through a shared mapping")
def _() -> None:
    with (ROOT / "mmap.py").open("r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        memory[0:1] = b"X"


@attempt("put a link to outside in a file's place, and write")
def _() -> None:
    (ROOT / "swap.py").unlink()
    (ROOT / "swap.py").symlink_to(OUTSIDE / "by-link")
    append(ROOT / "swap.py")


@attempt("write by the project's absolute path")
def _() -> None:
    append(Path(WORLD["root"]) / "absolute.py")


@attempt("chmod by the project's absolute path")
def _() -> None:
    (Path(WORLD["root"]) / "absolute-mode.py").chmod(0o777)


# --- elsewhere ------------------------------------------------------------------------------------
@attempt("hard link an outside file into the project, and write")
def _() -> None:
    os.link(OUTSIDE / "by-hard-link", ROOT / "hard-link")
    append(ROOT / "hard-link")


@attempt("write through /proc/PID/root of a process outside")
def _() -> None:
    append(f"/proc/{VICTIM}/root{OUTSIDE}/by-proc")


ATTEMPTS |= {
    "write to ~/.bashrc": lambda: append(HOME / ".bashrc"),
    "create a file at home": lambda: append(HOME / "new"),
    "chmod ~/.profile": lambda: (HOME / ".profile").chmod(0o777),
    "set the times of ~/.profile": lambda: os.utime(HOME / ".profile", (1, 1)),
    "truncate without the right to write": lambda: os.close(
        os.open(OUTSIDE / "by-truncating", os.O_RDONLY | os.O_TRUNC)
    ),
    "give an unnamed file a name outside": lambda: link_unnamed(OUTSIDE / "unnamed"),
    "write beside the project": lambda: append(OUTSIDE / "file"),
    "write to /tmp": lambda: append(f"/tmp/{NAME}"),
    "write to /var/tmp": lambda: append(f"/var/tmp/{NAME}"),
    "write to /dev/shm": lambda: append(f"/dev/shm/{NAME}"),
    "write through /proc/self/root": lambda: append(f"/proc/self/root{OUTSIDE}/by-self"),
    "write into our scratch folder": lambda: append(Path(WORLD["scratch"]) / "ours"),
    "write to our database": lambda: append(DATA / "djdesk.sqlite3"),
}


# --- the environment of the interpreter -----------------------------------------------------------
@attempt("hard link a file of the environment into the project, and write")
def _() -> None:
    os.link(ENVIRONMENT / "by-hard-link.py", ROOT / "hard-link-of-environment")
    append(ROOT / "hard-link-of-environment")


@attempt("put a link to the environment's file in the project, and write")
def _() -> None:
    (ROOT / "link-to-environment").symlink_to(ENVIRONMENT / "by-link.py")
    append(ROOT / "link-to-environment")


@attempt("write to the environment through /proc/self/fd")
def _() -> None:
    opened = os.open(ENVIRONMENT, os.O_PATH)
    try:
        append(f"/proc/self/fd/{opened}/by-descriptor.py")
    finally:
        os.close(opened)


ATTEMPTS |= {
    "write to the environment": lambda: append(ENVIRONMENT / "append.py"),
    "create a file in the environment": lambda: append(ENVIRONMENT / "created.py"),
    "delete a file of the environment": (ENVIRONMENT / "delete.py").unlink,
    "truncate a file of the environment": lambda: os.truncate(ENVIRONMENT / "truncate.py", 0),
    "rename a file of the environment": lambda: (ENVIRONMENT / "rename.py").rename(
        ENVIRONMENT / "renamed.py"
    ),
    "move a file of the project over one of the environment": lambda: (ROOT / "move.py").rename(
        ENVIRONMENT / "replace.py"
    ),
    "chmod a file of the environment": lambda: (ENVIRONMENT / "mode.py").chmod(0o777),
    "set the times of a file of the environment": lambda: os.utime(
        ENVIRONMENT / "times.py", (1, 1)
    ),
    # The last one of them: where it succeeds, the others find nothing any more.
    "rename the environment": lambda: ENVIRONMENT.rename(HOME / "moved"),
}


def link_unnamed(path: Path) -> None:
    unnamed = os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o600)
    try:
        syscall(265, -100, f"/proc/self/fd/{unnamed}".encode(), -100, os.fsencode(path), 0x400)
    finally:
        os.close(unnamed)


# --- what must not be read ------------------------------------------------------------------------
ATTEMPTS |= {
    "read ~/.ssh/id_test": lambda: (HOME / ".ssh" / "id_test").read_text(),
    "read ~/.aws by /proc/self/root": lambda: Path(
        f"/proc/self/root{HOME}/.aws/credentials"
    ).read_text(),
    "read our database": lambda: (DATA / "djdesk.sqlite3").read_text(),
    "read our cookie": lambda: (DATA / "cookie").read_text(),
    "read the environment of a process outside": lambda: Path(
        f"/proc/{VICTIM}/environ"
    ).read_bytes(),
    "open the memory of a process outside": lambda: Path(f"/proc/{VICTIM}/mem").open("rb").close(),
    "list the names in ~/.ssh": lambda: 1 / len(list((HOME / ".ssh").iterdir())),
    "see ~/.ssh/id_test being opened (inotify)": lambda: watch(HOME / ".ssh" / "id_test"),
    "read the command line of a process outside": lambda: Path(
        f"/proc/{VICTIM}/cmdline"
    ).read_bytes(),
    "read the log of the kernel": lambda: os.close(os.open("/dev/kmsg", os.O_RDONLY)),
}


def watch(path: Path) -> None:
    number = LIBC.inotify_init1(0)
    try:
        if LIBC.inotify_add_watch(number, os.fsencode(path), 0xFFF) < 0:
            raise OSError(ctypes.get_errno(), "inotify")
    finally:
        os.close(number)


# --- the network ----------------------------------------------------------------------------------
@attempt("send by UDP")
def _() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("127.0.0.1", PORT))


def connect_unix(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(address)


ATTEMPTS |= {
    "connect by TCP": lambda: socket.create_connection(("127.0.0.1", PORT), 2).close(),
    "connect to a socket by path": lambda: connect_unix(str(OUTSIDE / "socket")),
    "connect to an abstract socket": lambda: connect_unix("\0" + NAME),
}


def send_through_pair(kind: int, address: str) -> None:
    """A pair of datagram sockets is connected to itself, and can still send elsewhere."""
    one, other = socket.socketpair(socket.AF_UNIX, kind)
    with one, other:
        one.sendto(b"x", address)


ATTEMPTS |= {
    "send to a socket by path, from a pair": lambda: send_through_pair(
        socket.SOCK_DGRAM, WORLD["datagrams"]
    ),
    "send to a socket by path, from a raw pair": lambda: send_through_pair(
        socket.SOCK_RAW, WORLD["datagrams"]
    ),
    "send to an abstract socket, from a pair": lambda: send_through_pair(
        socket.SOCK_DGRAM, f"\0{NAME}-datagrams"
    ),
}

# --- other processes ------------------------------------------------------------------------------
PTRACE_ATTACH, PTRACE_DETACH = 16, 17


@attempt("trace its parent (ptrace)")
def _() -> None:
    syscall(101, PTRACE_ATTACH, os.getppid(), 0, 0)
    os.waitpid(os.getppid(), 0)
    syscall(101, PTRACE_DETACH, os.getppid(), 0, 0)


@attempt("open what its keeper has open")
def _() -> None:
    opened = 0
    for path in Path(f"/proc/{os.getppid()}/fd").iterdir():
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
            opened += 1
    if not opened:
        raise PermissionError


@attempt("use a message queue of a process outside (POSIX)")
def _() -> None:
    os.close(syscall(240, NAME.encode(), os.O_RDONLY, 0, None))


@attempt("change a limit of a process outside")
def _() -> None:
    resource.prlimit(VICTIM, resource.RLIMIT_CORE, (0, 0))


@attempt("change the attributes of a file by a request (ioctl)")
def _() -> None:
    with (OUTSIDE / "version").open() as file:
        fcntl.ioctl(file, FS_IOC_SETVERSION, struct.pack("l", VERSION))


@attempt("read from a terminal of somebody else")
def _() -> None:
    os.close(os.open(WORLD["terminal"], os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK))


@attempt("write to a terminal of somebody else")
def _() -> None:
    terminal = os.open(WORLD["terminal"], os.O_WRONLY | os.O_NOCTTY)
    os.write(terminal, NAME.encode())
    os.close(terminal)


@attempt("attach to shared memory of a process outside")
def _() -> None:
    attached = LIBC.shmat
    attached.restype, attached.argtypes = (
        ctypes.c_void_p,
        [ctypes.c_int, ctypes.c_void_p, ctypes.c_int],
    )
    if attached(WORLD["memory"], None, 0) == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "shmat")


@attempt("change a semaphore of a process outside")
def _() -> None:
    syscall(65, WORLD["semaphore"], struct.pack("Hhh", 0, 1, 0), 1)


@attempt("take a message of a process outside")
def _() -> None:
    syscall(70, WORLD["messages"], ctypes.create_string_buffer(64), 32, 0, 0o4000)


PRIO_USER, IOPRIO_WHO_USER, NICE, IDLE = 2, 3, 19, 3 << 13

ATTEMPTS |= {
    "lower the priority of all the user's processes": lambda: syscall(141, PRIO_USER, 0, NICE),
    "lower the disk priority of all the user's processes": lambda: syscall(
        251, IOPRIO_WHO_USER, 0, IDLE
    ),
    "signal a process outside": lambda: os.kill(VICTIM, signal.SIGCONT),
    "lower the priority of a process outside": lambda: os.setpriority(os.PRIO_PROCESS, VICTIM, 19),
    # Three streams, and the one that lists them.
    "inherit a descriptor": lambda: 1 / (len(list(Path("/proc/self/fd").iterdir())) - 4),
}

# --- the kernel -----------------------------------------------------------------------------------
CLONE_NEWUSER = 0x10000000
FAN_REPORT_FID = 0x200
KEYCTL_GET_KEYRING = 0


@attempt("mount something")
def _() -> None:
    syscall(165, b"none", str(ROOT).encode(), b"tmpfs", 0, 0)


@attempt("make a disk's device file, and open it")
def _() -> None:
    path = Path(os.environ["TMPDIR"]) / "disk"
    number = next(Path("/sys/class/block").glob("[svn][dmv]*")).joinpath("dev").read_text()
    major, minor = number.split(":")
    os.mknod(path, 0o060600, os.makedev(int(major), int(minor)))
    path.open("rb").close()


@attempt("gain rights by a set-user-id program")
def _() -> None:
    status = Path("/proc/self/status").read_text()
    if "NoNewPrivs:\t1" in status:
        raise PermissionError


ATTEMPTS |= {
    "make a user namespace": lambda: syscall(272, CLONE_NEWUSER),
    "make a user namespace by clone": lambda: os.waitpid(fork_into(CLONE_NEWUSER), 0),
    "mount by the x32 table": lambda: syscall(
        165 | 0x40000000, b"none", str(ROOT).encode(), b"tmpfs", 0, 0
    ),
    "change the root folder (chroot)": lambda: os.chroot(ROOT),
    "load a program into the kernel (bpf)": lambda: syscall(
        321, 0, ctypes.create_string_buffer(b"\1\0\0\0\4\0\0\0\4\0\0\0\1\0\0\0", 72), 72
    ),
    "use the keyring": lambda: syscall(250, KEYCTL_GET_KEYRING, -3, 1),
    "put a key into the keyring": lambda: syscall(248, b"user", NAME.encode(), b"x", 1, -3),
    "open a file by its number (open_by_handle_at)": lambda: by_number(OUTSIDE / "file"),
    "watch a whole file system (fanotify)": lambda: os.close(syscall(300, FAN_REPORT_FID, 0)),
    "set the clock": lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()),
    "leave its control group": lambda: Path("/sys/fs/cgroup/cgroup.procs").open("r+b").close(),
    "queue calls past the filter (io_uring)": lambda: os.close(
        syscall(425, 4, ctypes.create_string_buffer(200))
    ),
    "change a kernel setting": lambda: Path("/proc/sys/kernel/core_pattern").open("r+b").close(),
    "name the machine": lambda: socket.sethostname("escaped"),
}


def by_number(path: Path) -> None:
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
    syscall(303, -100, os.fsencode(path), handle, ctypes.byref(ctypes.c_int()), 0)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.close(syscall(304, folder, handle, os.O_RDONLY))
    finally:
        os.close(folder)


def fork_into(flags: int) -> int:
    pid = syscall(56, flags | signal.SIGCHLD, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    return pid


# --- resources ------------------------------------------------------------------------------------
PROCESSES = 1500


@attempt(f"run {PROCESSES} processes at once")
def _() -> None:
    children = []
    try:
        for _ in range(PROCESSES):
            pid = os.fork()
            if pid == 0:
                signal.pause()
            children.append(pid)
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        for pid in children:
            os.waitpid(pid, 0)


@attempt("reserve three quarters of the memory")
def _() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    mmap.mmap(-1, memory * 3 // 4, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()


@attempt("reserve three quarters of the memory as shared")
def _() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    mmap.mmap(-1, memory * 3 // 4, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS).close()


@attempt("make a file of 20 GB")
def _() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    path = Path(os.environ["TMPDIR"]) / "large"
    with path.open("wb") as file:
        try:
            os.posix_fallocate(file.fileno(), 20_000_000_000, 1)
        finally:
            path.unlink()


@attempt("dump core")
def _() -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        raise PermissionError


@attempt("leave a process behind (setsid, two forks)")
def _() -> None:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            null = os.open("/dev/null", os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(null, number)
            os.execve("/bin/sleep", [f"sleep-{NAME}", "600"], {})
        os._exit(0)
    os.wait()
    time.sleep(0.1)


def main() -> None:
    believed = {}
    for name, act in ATTEMPTS.items():
        if name in WORLD["skip"]:
            continue
        try:
            act()
        except BaseException as error:
            number = getattr(error, "errno", None)
            believed[name] = os.strerror(number) if number else type(error).__name__
        else:
            believed[name] = "ok"
    json.dump(believed, sys.stdout)


main()
