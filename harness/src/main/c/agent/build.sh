#!/bin/sh
# build.sh PROGRAM: makes the agent, unless it is newer than what it is made of. It is linked statically: a server may have another
# C library than the machine that builds, or another version of it.
set -eu
program=$1
here=$(dirname -- "$0")
if [ -e "$program" ] && [ -z "$(find "$here" -newer "$program")" ]; then
  exit 0
fi
mkdir -p "$(dirname -- "$program")"
cc -std=gnu11 -O2 -Wall -Wextra -Wvla -static -s -o "$program.$$" "$here"/*.c
mv "$program.$$" "$program"
