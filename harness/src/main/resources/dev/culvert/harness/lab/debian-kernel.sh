#!/bin/sh
# debian-kernel.sh SUITE OUT: fetch the kernel of a Debian suite.
#   OUT/image          the kernel image
#   OUT/config         the configuration it was built with
#   OUT/modules/VER    its modules directory
set -eu
suite=$1
out=$2

echo "phase: fetching the kernel of Debian $suite"
mkdir "$out/tree"
mmdebstrap --variant=extract --format=tar --include=linux-image-amd64 \
    --aptopt='Apt::Install-Recommends "false"' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    "$suite" "$out/tree.tar"
# Either place is right: Debian 13 has moved the modules below /usr. The rest of the tree only takes room.
tar -xf "$out/tree.tar" -C "$out/tree" --no-same-owner --wildcards \
    --exclude='*/kernel/drivers/gpu/*' --exclude='*/kernel/drivers/media/*' --exclude='*/kernel/sound/*' \
    --exclude='*/kernel/drivers/net/ethernet/*' --exclude='*/kernel/drivers/net/wireless/*' \
    --exclude='*/kernel/drivers/infiniband/*' --exclude='*/kernel/drivers/scsi/*' --exclude='*/kernel/drivers/staging/*' \
    --exclude='*/kernel/drivers/usb/*' --exclude='*/kernel/drivers/iio/*' --exclude='*/kernel/drivers/hid/*' \
    './boot/vmlinuz-*' './boot/config-*' '*lib/modules/*'
rm "$out/tree.tar"

mkdir "$out/modules"
mv "$out"/tree/boot/vmlinuz-* "$out/image"
mv "$out"/tree/boot/config-* "$out/config"
for directory in "$out"/tree/lib/modules/* "$out"/tree/usr/lib/modules/*; do
    [ ! -d "$directory" ] || mv "$directory" "$out/modules/"
done
rm -r "$out/tree"
[ -s "$out/image" ] && [ -n "$(ls "$out/modules")" ]
