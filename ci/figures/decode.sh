#!/bin/sh
# Prints how fast a bulk capture is decoded and judged, beside reading its bytes and beside tshark.
# usage: ci/figures/decode.sh [THOUSANDS-OF-PACKETS]
set -eu
if ! command -v tshark >/dev/null; then
    echo "ci/figures/decode.sh: tshark, which it compares with, is missing; on Debian: apt-get install tshark" >&2
    exit 3
fi
cd "$(dirname "$0")/../.."
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
mvn -q -pl harness -am test-compile dependency:build-classpath -Dmdep.outputFile="$classpath"
# The virtual machine is told what the launcher tells it.
java -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 \
    -XX:Tier4BackEdgeThreshold=400000 -XX:+UseSerialGC -cp "harness/target/test-classes:harness/target/classes:$(cat "$classpath")" \
    dev.culvert.harness.capture.DecodeFigures "${1:-2000}"
