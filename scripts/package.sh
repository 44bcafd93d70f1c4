#!/usr/bin/env bash
# Bundles what `make build` made into build/dist/*.deb and *.rpm.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf build/package build/dist
mkdir -p build/package build/dist
gzip -9nc src-tauri/linux/djdesk.1 >build/package/djdesk.1.gz
.venv/bin/python scripts/licences.py build/package/THIRD-PARTY.txt

# The bundler writes into the program it packs, so it gets a copy: the original may be running.
target=$PWD/build/package/target
mkdir -p "$target/release"
cp build/bin/djdesk "$target/release/"
CARGO_TARGET_DIR=$target npx tauri bundle --ci --bundles deb,rpm --config src-tauri/tauri.bundle.conf.json
cp "$target"/release/bundle/rpm/*.rpm build/dist/

# Tauri packs with gzip; xz makes the file a quarter smaller.
for deb in "$target"/release/bundle/deb/*.deb; do
    rm -rf build/package/root
    dpkg-deb -R "$deb" build/package/root
    find build/package/root -type d -exec chmod 755 {} +
    find build/package/root -type f ! -perm -u+x -exec chmod 644 {} +
    find build/package/root -type f -perm -u+x -exec chmod 755 {} +
    dpkg-deb --root-owner-group -Zxz -z9 -b build/package/root "build/dist/$(basename "$deb")" >/dev/null
    rm -rf build/package/root
done
ls -l build/dist
