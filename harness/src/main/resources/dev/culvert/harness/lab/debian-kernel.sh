#!/bin/sh
# debian-kernel.sh SUITE OUT: fetch the kernel of a Debian suite.
#   OUT/image          the kernel image
#   OUT/modules/VER    its modules directory
set -eu
suite=$1
out=$2

echo "phase: fetching the kernel of Debian $suite"
mkdir "$out/tree"
mmdebstrap --variant=extract --format=tar --include=linux-image-amd64 \
    --aptopt='Apt::Install-Recommends "false"' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    "$suite" - |
    tar -x -C "$out/tree" --no-same-owner --wildcards './boot/vmlinuz-*' './lib/modules/*' './usr/lib/modules/*' 2>/dev/null || true

mkdir "$out/modules"
mv "$out"/tree/boot/vmlinuz-* "$out/image"
for directory in "$out"/tree/lib/modules/* "$out"/tree/usr/lib/modules/*; do
    [ ! -d "$directory" ] || mv "$directory" "$out/modules/"
done
rm -r "$out/tree"
[ -s "$out/image" ] && [ -n "$(ls "$out/modules")" ]
