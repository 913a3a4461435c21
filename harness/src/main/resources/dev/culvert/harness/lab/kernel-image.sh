#!/bin/sh
# kernel-image.sh IMAGE MODULES BUSYBOX INIT OUT [FILE.ko…]: make a kernel bootable on the root disk.
#   MODULES            the directory /lib/modules/VERSION of that kernel
#   FILE.ko            replaces the module of that name
#   OUT/image          the kernel
#   OUT/initramfs      what finds the root disk
#   OUT/modules.squashfs  the modules a lab can need
#   OUT/version        the kernel's version
set -eu
image=$1
modules=$2
busybox=$3
init=$4
out=$5
shift 5

# The name of the directory is the version, as depmod and modprobe have it.
version=$(basename "$(readlink -f "$modules")")
tree=$out/tree/usr/lib/modules/$version
mkdir -p "$tree"
echo "$version" > "$out/version"
cp "$image" "$out/image"

echo "phase: collecting the modules of $version"
cp "$modules"/modules.builtin "$modules"/modules.builtin.modinfo "$modules"/modules.order "$tree/" 2>/dev/null || true
(
    cd "$modules"
    find . -name '*.ko*' \( \
        -path './kernel/net/*' -o -path './kernel/crypto/*' -o -path './kernel/lib/*' -o -path './kernel/arch/*/crypto/*' \
        -o -path './kernel/fs/overlayfs/*' -o -path './kernel/fs/squashfs/*' \
        -o -path './kernel/drivers/virtio/*' -o -path './kernel/drivers/virt/*' -o -path './kernel/drivers/block/virtio_blk.*' \
        -o -path './kernel/drivers/char/hw_random/*' -o -path './kernel/drivers/char/virtio_console.*' \
        -o -path './kernel/drivers/net/*.ko*' ! -path './kernel/drivers/net/*/*' \
        -o -path './kernel/drivers/net/vxlan/*' -o -path './kernel/drivers/net/ipvlan/*' -o -path './kernel/drivers/net/wireguard/*' \
        -o -path './kernel/drivers/net/bonding/*' -o -path './kernel/drivers/net/ovpn/*' \
        -o -path './updates/*' -o -path './extra/*' \
        \) ! -path './kernel/net/bluetooth/*' ! -path './kernel/net/mac80211/*' ! -path './kernel/net/wireless/*' \
        ! -path './kernel/net/sunrpc/*' ! -path './kernel/net/ceph/*' ! -path './kernel/net/nfc/*' ! -path './kernel/net/rxrpc/*' \
        -print0 | tar -c --null -T - | tar -x -C "$tree" --no-same-owner
)

unpack() {
    find "$1" -name '*.ko.xz' -print0 | xargs -0 -r -P 2 -n 64 xz -dq
    find "$1" -name '*.ko.gz' -print0 | xargs -0 -r gzip -d
    find "$1" -name '*.ko.zst' -print0 | xargs -0 -r zstd -dq --rm
}
unpack "$tree"

# Module names treat - and _ alike, file names do not.
for replacement in "$@"; do
    incoming=$out/incoming
    mkdir "$incoming"
    cp "$replacement" "$incoming/"
    unpack "$incoming"
    file=$(ls "$incoming")
    name=$(basename "$file" .ko | tr - _)
    find "$tree" -name '*.ko' | while read -r existing; do
        [ "$(basename "$existing" .ko | tr - _)" != "$name" ] || rm "$existing"
    done
    mkdir -p "$tree/updates"
    mv "$incoming/$file" "$tree/updates/"
    rmdir "$incoming"
done
depmod -b "$out/tree/usr" -C /dev/null "$version" 2>/dev/null || depmod -b "$out/tree" -m /usr/lib/modules "$version"

echo "phase: writing the initramfs of $version"
first=$out/first
mkdir -p "$first/bin" "$first/modules" "$first/dev"
cp "$busybox" "$first/bin/busybox"
cp "$init" "$first/init"
chmod 755 "$first/bin/busybox" "$first/init"
# What the kernel has built in needs no file; a kernel with neither does not boot, and the console says so.
: > "$first/modules/order"
for name in virtio_pci virtio_blk squashfs overlay; do
    line=$(grep -E "/$name\.ko:" "$tree/modules.dep" || true)
    [ -n "$line" ] || continue
    own=${line%%:*}
    reversed=
    for needed in ${line#*:}; do
        reversed="$needed $reversed"
    done
    for file in $reversed $own; do
        base=$(basename "$file")
        grep -qx "$base" "$first/modules/order" && continue
        cp "$tree/$file" "$first/modules/$base"
        echo "$base" >> "$first/modules/order"
    done
done
(cd "$first" && find . | "$busybox" cpio -o -H newc -R 0:0 2>/dev/null | gzip -1) > "$out/initramfs"

echo "phase: writing the modules disk of $version"
mksquashfs "$out/tree" "$out/modules.squashfs" -quiet -no-progress -all-root -noI -noD -noF -noX
rm -r "$out/tree" "$first"
