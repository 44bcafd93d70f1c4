"""What there is to break out to: a project, a home with secrets, our data, services, a process."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from inspector_app.runs.scratch import remove

from .shared import Shared

INSIDE = Path(__file__).with_name("inside.py")
USER = 1000
CONTENT = "before\n"
MODE = 0o640
IN_TREE = [
    "manage.py",
    "settings.py",
    "truncate.py",
    "rename.py",
    "mode.py",
    "times.py",
    "xattr.py",
    "link.py",
    "mmap.py",
    "swap.py",
    "absolute.py",
    "absolute-mode.py",
    "folder/file.py",
    "move.py",
]
OUTSIDE = ("by-link", "by-hard-link", "by-proc", "by-self", "by-truncating", "file", "version")
FS_IOC_GETVERSION, VERSION = 0x80087601, 4711
# The lowest: nobody is refused to lower himself to it, however low he began.
NICE = 19
# At home, where most lie; a command that only reads is shown it without a layer.
ENVIRONMENT = "home/.venv"
IN_ENVIRONMENT = (
    "by-hard-link.py",
    "by-link.py",
    "by-descriptor.py",
    "append.py",
    "delete.py",
    "truncate.py",
    "rename.py",
    "replace.py",
    "mode.py",
    "times.py",
)
AT_HOME = (".bashrc", ".profile", ".ssh/id_test", ".aws/credentials")
OURS = ("djdesk.sqlite3", "cookie")

# Tried only behind walls: with the rights of root they change the machine.
SYSTEM_WIDE = frozenset(
    {
        "mount something",
        "mount by the x32 table",
        "make a disk's device file, and open it",
        "change the root folder (chroot)",
        "load a program into the kernel (bpf)",
        "change a kernel setting",
        "set the clock",
        "leave its control group",
        "name the machine",
        "trace its parent (ptrace)",
        "run 1500 processes at once",
        "lower the priority of all the user's processes",
        "lower the disk priority of all the user's processes",
    }
)


@dataclass
class World:
    """Owns the folders, the listening sockets and the process outside."""

    base: Path
    launcher: Path
    as_user: bool
    sockets: list[socket.socket] = field(default_factory=list)
    victim: subprocess.Popen[bytes] | None = None
    shared: Shared = field(default_factory=Shared.make)

    @property
    def name(self) -> str:
        """What attempts call the files and sockets they make elsewhere."""
        return f"{self.base.name}-escaped"

    def path(self, name: str) -> Path:
        return self.base / name

    @property
    def datagrams(self) -> Path:
        """A socket where services have theirs: in no folder over which a layer lies."""
        return Path("/run", self.name) if os.getuid() == 0 else self.path("outside/datagrams")

    def run(
        self, tier: str, python: str, layer: str = "memory"
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """What the attempts believe, and the launcher's last report."""
        assert self.victim is not None
        skip = SYSTEM_WIDE if tier == "guarded" else frozenset()
        world = {
            "root": str(self.path("project")),
            "home": str(self.path("home")),
            "outside": str(self.path("outside")),
            "environment": str(self.path(ENVIRONMENT)),
            "data": str(self.path("data")),
            "scratch": str(self.path("data/scratch")),
            "victim": self.victim.pid,
            "datagrams": str(self.datagrams),
            "port": self.sockets[0].getsockname()[1],
            "name": self.name,
            "terminal": str(self.shared.terminal),
            "memory": self.shared.memory,
            "semaphore": self.shared.semaphore,
            "messages": self.shared.messages,
            "skip": sorted(skip),
        }
        scratch = self.path("data/scratch")
        policy = {
            "v": 1,
            "argv": [python, "-I", str(self.path("inside.py"))],
            "cwd": str(self.path("project")),
            "root": str(self.path("project")),
            "env": {
                "PATH": "/usr/bin:/bin",
                "HOME": str(scratch / "home"),
                "TMPDIR": str(scratch / "tmp"),
                "WORLD": json.dumps(world),
            },
            "timeout_s": 120.0,
            "grace_s": 1.0,
            "tier": tier,
            "network": False,
            "manifest": True,
            "scratch": str(scratch),
            "hidden": [str(self.path(name)) for name in ("home/.ssh", "home/.aws", "data")],
            "divert": [str(self.path("home")), str(self.base)],
            "plain": [str(self.path(ENVIRONMENT))],
            "layer": layer,
        }
        return self._launch(policy)

    def _launch(self, policy: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
        reads, writes = os.pipe()
        identity: dict[str, Any] = (
            {"user": USER, "group": USER, "extra_groups": []} if self.as_user else {}
        )
        process = subprocess.Popen(
            [str(self.launcher), "run", "--report-fd", str(writes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(writes,),
            cwd=self.base,
            **identity,
        )
        os.close(writes)
        assert process.stdin is not None
        process.stdin.write(json.dumps(policy).encode() + b"\n")
        process.stdin.flush()
        with os.fdopen(reads) as reports:
            last = json.loads(reports.readlines()[-1])
        output, errors = process.stdout, process.stderr
        assert output is not None
        assert errors is not None
        believed = output.read()
        process.communicate()
        if "ended" not in last or not believed:
            raise RuntimeError(f"{last}\n{errors}")
        return json.loads(believed), last["ended"]

    def happened(self) -> dict[str, bool]:
        """What can be seen from outside, whatever the attempts believe."""
        project, home, outside = self.path("project"), self.path("home"), self.path("outside")
        name = self.name
        assert self.victim is not None
        victim = psutil.Process(self.victim.pid)

        def version(path: Path) -> bool:
            with path.open() as file:
                found = fcntl.ioctl(file, FS_IOC_GETVERSION, bytes(8))
            return bool(struct.unpack("i4x", found)[0] == VERSION)

        return {
            "delete manage.py": not (project / "manage.py").exists(),
            "append to settings": changed(project / "settings.py"),
            "truncate a file": changed(project / "truncate.py"),
            "rename a file": not (project / "rename.py").exists(),
            "chmod a file": mode(project / "mode.py"),
            "set a file's times": (project / "times.py").stat().st_mtime == 1,
            "set an attribute (xattr)": bool(os.listxattr(project / "xattr.py")),
            "hard link within the project": (project / "linked.py").exists(),
            "remove a folder": not (project / "folder").exists(),
            "write through a shared mapping": changed(project / "mmap.py"),
            "put a link to outside in a file's place, and write": changed(project / "swap.py")
            or changed(outside / "by-link"),
            "write by the project's absolute path": changed(project / "absolute.py"),
            "chmod by the project's absolute path": mode(project / "absolute-mode.py"),
            **self._happened_in_environment(),
            "truncate without the right to write": changed(outside / "by-truncating"),
            "give an unnamed file a name outside": (outside / "unnamed").exists(),
            "hard link an outside file into the project, and write": changed(
                outside / "by-hard-link"
            ),
            "write through /proc/PID/root of a process outside": changed(outside / "by-proc"),
            "write to ~/.bashrc": changed(home / ".bashrc"),
            "create a file at home": (home / "new").exists(),
            "chmod ~/.profile": mode(home / ".profile"),
            "set the times of ~/.profile": (home / ".profile").stat().st_mtime == 1,
            "write beside the project": changed(outside / "file"),
            "write to /tmp": Path("/tmp", name).exists(),
            "write to /var/tmp": Path("/var/tmp", name).exists(),
            "write to /dev/shm": Path("/dev/shm", name).exists(),
            "write through /proc/self/root": changed(outside / "by-self"),
            "write into our scratch folder": self.path("data/scratch/ours").read_text() != "",
            "write to our database": changed(self.path("data/djdesk.sqlite3")),
            "change the attributes of a file by a request (ioctl)": version(outside / "version"),
            "write to a terminal of somebody else": self.shared.was_written(name),
            "lower the priority of all the user's processes": victim.nice() == NICE,
            "lower the disk priority of all the user's processes": victim.ionice().ioclass
            == psutil.IOPRIO_CLASS_IDLE,
            "leave a process behind (setsid, two forks)": self._left_behind(),
        }

    def _happened_in_environment(self) -> dict[str, bool]:
        moved, environment = self.path("home/moved"), self.path(ENVIRONMENT)
        inside = moved if moved.exists() else environment
        return {
            "hard link a file of the environment into the project, and write": changed(
                inside / "by-hard-link.py"
            ),
            "put a link to the environment's file in the project, and write": changed(
                inside / "by-link.py"
            ),
            "write to the environment through /proc/self/fd": changed(inside / "by-descriptor.py"),
            "write to the environment": changed(inside / "append.py"),
            "create a file in the environment": (inside / "created.py").exists(),
            "delete a file of the environment": not (inside / "delete.py").exists(),
            "truncate a file of the environment": changed(inside / "truncate.py"),
            "rename a file of the environment": not (inside / "rename.py").exists(),
            "move a file of the project over one of the environment": not self.path(
                "project/move.py"
            ).exists(),
            "chmod a file of the environment": mode(inside / "mode.py"),
            "set the times of a file of the environment": (inside / "times.py").stat().st_mtime
            == 1,
            "rename the environment": inside != environment,
        }

    def _left_behind(self) -> bool:
        mark = f"sleep-{self.name}"
        left = [p for p in psutil.process_iter(["cmdline"]) if mark in (p.info["cmdline"] or [])]
        for process in left:
            process.kill()
        return bool(left)


def changed(path: Path) -> bool:
    return not path.is_file() or path.is_symlink() or path.read_text() != CONTENT


def mode(path: Path) -> bool:
    return path.stat().st_mode & 0o777 != MODE


@contextmanager
def world(launcher: Path, *, as_user: bool) -> Iterator[World]:
    """A new world. Its folder is one that an ordinary user can reach."""
    # On a disk: in memory, where many systems have /tmp, files have no version to be changed.
    base = Path(tempfile.mkdtemp(prefix="djdesk-escape-", dir="/var/tmp"))
    made = World(base, base / "djdesk-jail", as_user)
    try:
        _fill(made, launcher)
        yield made
    finally:
        for one in made.sockets:
            one.close()
        made.shared.close()
        if made.victim is not None:
            made.victim.kill()
            made.victim.wait()
        remove(base)
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run"):
            Path(folder, made.name).unlink(missing_ok=True)


def _fill(made: World, launcher: Path) -> None:
    made.base.chmod(0o755)
    shutil.copy(launcher, made.launcher)
    shutil.copy(INSIDE, made.path("inside.py"))
    for folder, names in (
        ("project", IN_TREE),
        ("outside", OUTSIDE),
        ("home", AT_HOME),
        ("data", OURS),
        (ENVIRONMENT, IN_ENVIRONMENT),
    ):
        for name in names:
            path = made.path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CONTENT)
            path.chmod(MODE)
    made.path("data/scratch").mkdir()
    made.path("data/scratch/ours").write_text("")
    made.shared.make_queue(made.name)
    tcp = socket.create_server(("127.0.0.1", 0))
    by_path, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    made.sockets += [tcp, by_path, abstract]
    by_path.bind(str(made.path("outside/socket")))
    abstract.bind("\0" + made.name)
    by_path.listen()
    abstract.listen()
    for address in (str(made.datagrams), f"\0{made.name}-datagrams"):
        datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        made.sockets.append(datagrams)
        datagrams.bind(address)
    made.datagrams.chmod(0o666)
    identity: dict[str, Any] = {"user": USER, "group": USER} if made.as_user else {}
    made.victim = subprocess.Popen(["/bin/sleep", "600"], env={"SECRET": "1"}, cwd="/", **identity)
    if made.as_user:
        for path in [made.base, *made.base.rglob("*")]:
            os.chown(path, USER, USER, follow_symlinks=False)
        os.chown(made.shared.terminal, USER, USER)


def system_python() -> str:
    """A Python that every user can start."""
    return shutil.which("python3", path="/usr/bin:/bin") or sys.executable
