"""What a command must not read: keys, passwords, sessions, and the sockets of powerful services."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

# Below a home directory.
_AT_HOME = (
    ".ssh",
    ".gnupg",
    ".password-store",
    ".aws",
    ".azure",
    ".boto",
    ".databrickscfg",
    ".docker",
    ".kaggle",
    ".kube",
    ".electrum",
    ".fly",
    ".oci",
    ".s3cfg",
    ".terraform.d",
    ".terraformrc",
    ".vault-token",
    ".netrc",
    ".pypirc",
    ".npmrc",
    ".yarnrc.yml",
    ".git-credentials",
    ".cargo/credentials",
    ".cargo/credentials.toml",
    ".composer/auth.json",
    ".gem/credentials",
    ".gradle/gradle.properties",
    ".m2/settings.xml",
    ".my.cnf",
    ".mylogin.cnf",
    ".pgpass",
    ".authinfo",
    ".authinfo.gpg",
    ".ash_history",
    ".bash_history",
    ".python_history",
    ".psql_history",
    ".sqlite_history",
    ".histfile",
    ".sh_history",
    ".zhistory",
    ".zsh_history",
    ".zsh_sessions",
    ".cache/huggingface/token",
    ".librewolf",
    ".local/state/bash",
    ".mozilla",
    ".msmtprc",
    ".thunderbird",
    ".waterfox",
    ".zen",
    ".pki",
    ".var/app/com.brave.Browser",
    ".var/app/com.google.Chrome",
    ".var/app/org.chromium.Chromium",
    ".var/app/org.mozilla.firefox",
    "snap/chromium",
    "snap/firefox",
)

# Below the folder for configuration, ~/.config as a rule.
_CONFIGURATION = (
    "1Password",
    "BraveSoftware",
    "Bitwarden",
    "Signal",
    "Slack",
    "chromium",
    "composer/auth.json",
    "containers",
    "discord",
    "doctl",
    "fish/fish_history",
    "filezilla",
    "gcloud",
    "gh",
    "glab-cli",
    "git/credentials",
    "google-chrome",
    "google-chrome-beta",
    "hcloud",
    "hub",
    "keepassxc",
    "microsoft-edge",
    "microsoft-edge-beta",
    "op",
    "opera",
    "pip",
    "pypoetry/auth.toml",
    "rclone",
    "scw",
    "sops",
    "vivaldi",
)

# Below the folder for data, ~/.local/share as a rule.
_DATA = (
    "DBeaverData",
    "atuin",
    "fish/fish_history",
    "gnupg",
    "keyrings",
    "kwalletd",
    "pypoetry",
    "containers",
)

# Where the user has put such things instead.
_BY_VARIABLE = (
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AZURE_CONFIG_DIR",
    "CLOUDSDK_CONFIG",
    "DOCKER_CONFIG",
    "GNUPGHOME",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "HISTFILE",
    "KUBECONFIG",
    "NETRC",
    "NPM_CONFIG_USERCONFIG",
    "PASSWORD_STORE_DIR",
    "PGPASSFILE",
    "PIP_CONFIG_FILE",
    "REGISTRY_AUTH_FILE",
    "SSH_AUTH_SOCK",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
)

# Whoever can write to one of these sockets can have anything done.
_SERVICES = (
    "/run/docker.sock",
    "/run/containerd",
    "/run/crio",
    "/run/dbus",
    "/run/libvirt",
    "/run/podman",
    "/run/snapd.socket",
    "/run/systemd/private",
    "/tmp/.X11-unix",  # noqa: S108 -- it is hidden, not used
    "/var/lib/docker",
    "/var/snap/lxd",
)

# Readable for root alone, which does not keep a command that runs as root from them.
_OF_ROOT = (
    "/etc/shadow",
    "/etc/shadow-",
    "/etc/gshadow",
    "/etc/gshadow-",
    "/etc/krb5.keytab",
    "/etc/ssh",
    "/etc/ssl/private",
    "/etc/sudoers",
    "/etc/sudoers.d",
)


def hidden() -> list[str]:
    """Absolute paths that exist. Our own directories are among them."""
    return [path for path in dict.fromkeys(_all()) if os.path.lexists(path)]


def homes() -> list[Path]:
    """Where the user's own files are: by the variable, and by the system's list of users."""
    found = [Path(value) for value in (os.environ.get("HOME", ""), _listed_home()) if value]
    return [home for home in dict.fromkeys(found) if home != Path("/")]


def _all() -> Iterator[str]:
    # Hundreds of names before each start of a command: as paths that alone would take 2 ms.
    for home in map(str, [*homes(), *_homes_of_others()]):
        yield from (f"{home}/{name}" for name in _AT_HOME)
        yield from (f"{home}/.config/{name}" for name in _CONFIGURATION)
        yield from (f"{home}/.local/share/{name}" for name in _DATA)
    for variable, names in (("XDG_CONFIG_HOME", _CONFIGURATION), ("XDG_DATA_HOME", _DATA)):
        folder = os.environ.get(variable, "")
        if folder:
            yield from (f"{Path(folder)}/{name}" for name in names)
    for variable in _BY_VARIABLE:
        # One of them is a list.
        for value in os.environ.get(variable, "").split(os.pathsep):
            if Path(value).is_absolute() and not _holds_a_home(Path(value)):
                yield str(Path(value))
    yield from _SERVICES
    yield from map(str, settings.DJDESK_OWN_DIRS)
    if sys.platform != "win32":
        yield f"/run/user/{os.getuid()}"
        if os.getuid() == 0:
            yield from _OF_ROOT


def _holds_a_home(path: Path) -> bool:
    """Without which nothing could run; what is secret in a home is known by name."""
    real = path.resolve()
    return any(home.resolve().is_relative_to(real) for home in homes())


def _listed_home() -> str:
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        # A number without a name, as containers use it.
        return ""


def _homes_of_others() -> list[Path]:
    """Root could read them all."""
    if sys.platform == "win32" or os.getuid() != 0:
        return []
    try:
        return [path for path in Path("/home").iterdir() if path.is_dir()]
    except OSError:
        return []
