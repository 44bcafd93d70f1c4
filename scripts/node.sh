#!/usr/bin/env bash
# Installs the locked npm packages when they changed.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=node_modules/.installed-$(sha256sum package-lock.json | cut -c1-16)
[ -e "$stamp" ] && exit 0
echo "Installing npm packages"
npm ci --silent --no-audit --no-fund
touch "$stamp"
