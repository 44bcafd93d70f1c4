#!/usr/bin/env bash
# Checks for a Rust toolchain that is new enough; one cannot be installed for you without asking.
set -euo pipefail
least=1.90

have=$(cargo --version 2>/dev/null | cut -d' ' -f2 || true)
if [ -n "$have" ] && [ "$(printf '%s\n%s\n' "$least" "$have" | sort -V | head -n1)" = "$least" ]; then
    exit 0
fi
echo "DJDesk needs Rust $least or newer; found: ${have:-none}." >&2
echo "Install it with" >&2
echo "    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c clippy,rustfmt" >&2
echo "open a new shell, then make again." >&2
exit 1
