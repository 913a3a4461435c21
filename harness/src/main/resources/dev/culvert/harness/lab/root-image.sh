#!/bin/sh
# root-image.sh OUT: build the one root file system of all labs, and the node image made from it.
#   OUT/root.squashfs  the guest's read-only root: Docker engine and the tools of the servers
#   OUT/node.tar       the same without the engine, to be imported as the servers' image
#   OUT/busybox        the static busybox that the initramfs needs
set -eu
out=$1
suite=trixie
packages=docker.io,containerd,runc,iproute2,tcpdump,iperf3,ethtool,procps,iputils-ping,nftables,socat,kmod,perl-base,mount,busybox-static

echo "phase: installing Debian packages"
mmdebstrap --variant=essential --format=tar --include="$packages" \
    --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/zoneinfo/*' \
    --dpkgopt='path-exclude=/usr/lib/x86_64-linux-gnu/gconv/*' \
    --dpkgopt='path-exclude=/usr/lib/x86_64-linux-gnu/perl-base/unicore/*' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    "$suite" "$out/root.tar"

echo "phase: writing the node image"
mmtarfilter \
    --path-exclude='/usr/sbin/dockerd' --path-exclude='/usr/sbin/docker-proxy' \
    --path-exclude='/usr/sbin/runc' --path-exclude='/usr/bin/containerd*' --path-exclude='/usr/bin/ctr' \
    --path-exclude='/usr/bin/tini-static' --path-exclude='/usr/libexec/docker/*' \
    --path-exclude='/usr/bin/busybox' --path-exclude='/usr/bin/localedef' --path-exclude='/usr/bin/dpkg*' \
    --path-exclude='/usr/lib/x86_64-linux-gnu/security/*' --path-exclude='/usr/lib/x86_64-linux-gnu/libdb-*' \
    --path-exclude='/usr/lib/locale/*' --path-exclude='/usr/sbin/ldconfig' --path-exclude='/usr/lib/apt/*' \
    --path-exclude='/usr/share/*' --path-include='/usr/share/iproute2*' --path-exclude='/var/lib/dpkg/*' --path-exclude='/var/cache/*' \
    --path-exclude='/dev/*' \
    < "$out/root.tar" > "$out/node.tar"

echo "phase: writing the root disk"
tar -xOf "$out/root.tar" ./usr/bin/busybox > "$out/busybox"
chmod 755 "$out/busybox"
# Uncompressed: under software emulation decompression costs more than reading, and a kernel under
# test then needs no more than plain squashfs support.
sqfstar -quiet -no-progress -noI -noD -noF -noX "$out/root.squashfs" < "$out/root.tar"
rm "$out/root.tar"
