#!/usr/bin/env bash
# Installs the locked npm packages when they changed, and copies what the pages use to build/vendor.
# usage: node.sh [pages]    "pages" leaves out the tools that only build and check
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$(sha256sum package-lock.json | cut -c1-16)
every=node_modules/.installed-$lock
pages=node_modules/.pages-$lock
if [ "${1:-}" = pages ] && [ ! -e "$every" ] && [ ! -e "$pages" ]; then
    echo "Installing the npm packages of the pages"
    npm ci --silent --no-audit --no-fund --omit=dev
    touch "$pages"
elif [ "${1:-}" != pages ] && [ ! -e "$every" ]; then
    echo "Installing npm packages"
    npm ci --silent --no-audit --no-fund
    touch "$every"
fi
mkdir -p build/vendor
cp node_modules/@dagrejs/dagre/dist/dagre.esm.js build/vendor/dagre.js
