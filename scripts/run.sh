#!/usr/bin/env bash
# What `make run` does at the end: the window where there is a display, else a URL for a browser.
set -euo pipefail
cd "$(dirname "$0")/.."
export DJDESK_JAIL="$PWD/build/bin/djdesk-jail"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    export DJDESK_SIDECAR="$PWD/.venv/bin/djdesk-sidecar"
    echo "Opening DJDesk"
    exec build/bin/djdesk "$@"
fi
echo "There is no display, so DJDesk is served to a browser. Ctrl+C ends it."
exec .venv/bin/djdesk serve "$@"
