#!/usr/bin/env bash
# Makes .venv and installs the locked requirements named, when they changed.
# usage: python.sh NAME…    for example: python.sh app test
set -euo pipefail
cd "$(dirname "$0")/.."

# The distribution's own Python is preferred: it is optimised, and PyInstaller can freeze it.
find_python() {
    for python in /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
        if command -v "$python" >/dev/null &&
            "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo "DJDesk needs Python 3.11 or newer with its venv module; none was found." >&2
    echo "On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
    exit 1
}

if ! .venv/bin/python -c '' 2>/dev/null; then
    python=$(find_python)
    echo "Making .venv with $python"
    rm -rf .venv
    "$python" -m venv .venv
fi

stamp=.venv/.installed-$(cat requirements/*.txt pyproject.toml | sha256sum | cut -c1-16)
for name in "$@"; do
    [ -e "$stamp-$name" ] && continue
    echo "Installing Python packages: requirements/$name.txt"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r "requirements/$name.txt"
    if [ "$name" = app ]; then
        SETUPTOOLS_ENABLE_FEATURES=legacy-editable .venv/bin/python -m pip install --quiet \
            --disable-pip-version-check --no-deps --no-build-isolation --editable .
    fi
    touch "$stamp-$name"
done
