#!/usr/bin/env bash
# Records the evidence that the tests of the requirements judge and damage: every bundled topology on each of Debian's kernels,
# and throughput for one of them, held small enough to be kept.
#
# usage: ci/evidence/record.sh [KERNEL…]     (default: 6.12 6.1)
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")/../.." && pwd)
recordings=$here/conformance-tests/src/test/resources/evidence
kernels=("$@")
[ ${#kernels[@]} -gt 0 ] || kernels=(6.12 6.1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The plain topology with throughput runs of a second, UDP at 1 Mbit/s.
sed '/^throughput:/,$d' "$here/topologies/src/main/resources/topologies/ipip.yaml" >"$work/ipip.yaml"
printf 'throughput:\n  seconds: 1\n  udp-megabits: 1\n' >>"$work/ipip.yaml"

for kernel in "${kernels[@]}"; do
  "$here/culvert" run --kernel "$kernel" --no-throughput --out "$work/$kernel" || [ $? -eq 1 ]
  "$here/culvert" run --kernel "$kernel" --out "$work/$kernel-throughput" "$work/ipip.yaml" || [ $? -eq 1 ]
  rm -rf "${recordings:?}/$kernel"
  mkdir -p "$recordings/$kernel"
  for topology in "$work/$kernel"/evidence/*/; do
    [ ! -e "$topology/manifest.json" ] || cp -r "$topology" "$recordings/$kernel/"
  done
  # TCP without offloads is a hundred thousand packets a second: too many to keep, and the same as UDP's for the framing.
  rm -rf "$recordings/$kernel/ipip"
  cp -r "$work/$kernel-throughput/evidence/ipip" "$recordings/$kernel/ipip"
  rm -rf "$recordings/$kernel/ipip/bulk/"*-tcp-offloads-off
  perl -MJSON::PP -0777 -i -pe '
    my $all = decode_json($_);
    @{$all->{runs}} = grep { !($_->{protocol} eq "tcp" && !$_->{offloads}) } @{$all->{runs}};
    @{$all->{captures}} = grep { $_->{run} ne "tunnel-tcp-offloads-off" } @{$all->{captures}};
    $_ = encode_json($all)' "$recordings/$kernel/ipip/throughput.json"
done
du -sh "$recordings"/*
