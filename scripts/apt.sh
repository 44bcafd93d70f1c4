#!/usr/bin/env bash
# Installs the Debian packages of the named groups that are missing; says what it does.
# usage: apt.sh GROUP…    groups: python pages window package test
set -euo pipefail

packages_of() {
    case "$1" in
        python) echo python3 python3-venv ;;
        pages) echo nodejs npm ;;
        rust) echo gcc libc6-dev ;;
        window) echo libwebkit2gtk-4.1-dev libayatana-appindicator3-dev librsvg2-dev pkg-config ;;
        package) echo nodejs npm libpython3-dev binutils xz-utils rpm file ;;
        test) echo xvfb xauth dbus dbus-x11 at-spi2-core webkit2gtk-driver xdotool wmctrl openbox python3-gi \
            gir1.2-gtk-3.0 chromium fonts-dejavu-core nodejs npm procps curl ca-certificates ;;
        *) echo "apt.sh: unknown group $1" >&2; exit 2 ;;
    esac
}

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian or Ubuntu; DJDesk expects the packages of docs/development.md." >&2
    exit 0
fi

missing=()
for group in "$@"; do
    for package in $(packages_of "$group"); do
        case "$package" in
            # Any node and npm will do, also one that did not come from Debian.
            nodejs) command -v node >/dev/null && continue ;;
            npm) command -v npm >/dev/null && continue ;;
        esac
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
done
[ ${#missing[@]} -eq 0 ] && exit 0

run=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        run=(sudo)
    else
        echo "These Debian packages are missing, and this user may not install them:" >&2
        echo "    apt-get install ${missing[*]}" >&2
        echo "Run that line as root, then make again." >&2
        exit 1
    fi
fi
echo "Installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq
"${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
