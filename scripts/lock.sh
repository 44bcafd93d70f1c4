#!/usr/bin/env bash
# Writes the locks in requirements/ anew: hashes for every file, no index, no path of a machine.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
for name in app docs build test; do
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-annotate "$name.in" --output-file "$name.txt"
done
