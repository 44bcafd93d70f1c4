#!/usr/bin/env bash
# Runs a command while the package of build/dist is installed, and removes it again.
set -euo pipefail
cd "$(dirname "$0")/.."
run=()
[ "$(id -u)" -eq 0 ] || run=(sudo -n)
echo "Installing $(echo build/dist/*.deb)"
"${run[@]}" apt-get install -y -qq --reinstall --no-install-recommends ./build/dist/*.deb </dev/null
code=0
"$@" || code=$?
"${run[@]}" apt-get remove -y -qq djdesk </dev/null
if pgrep -f /usr/lib/djdesk/ >/dev/null; then
    echo "Processes of the removed package are still running:" >&2
    pgrep -af /usr/lib/djdesk/ >&2
    exit 1
fi
exit "$code"
