#!/usr/bin/env bash
# Measures what Culvert promises about its own speed, and prints it as a table. Run it on an idle machine.
# usage: ci/figures/measure.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints the seconds that a command takes. Its exit status is of no account: a requirement that fails takes as long.
seconds() {
  local begun=${EPOCHREALTIME/./}
  "$@" >"$work/out" 2>&1 || true
  awk -v a="$begun" -v b="${EPOCHREALTIME/./}" 'BEGIN { printf "%.2f", (b - a) / 1e6 }'
}

# Builds, and makes the template: what follows is warm.
./culvert run ipip --no-throughput --out "$work/report" >"$work/out" 2>&1 || true

{
  printf '%s\t%s\ts\t0.5\n' "./culvert --version, warm" "$(seconds ./culvert --version)"
  mvn -q -pl harness -am -Dspotless.check.skip test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath" >&2
  java -cp "harness/target/test-classes:harness/target/classes:$(cat "$work/classpath")" dev.culvert.harness.run.LabFigures
  printf '%s\t%s\ts\t12\n' "./culvert run ipip, warm, without throughput" \
    "$(seconds ./culvert run ipip --no-throughput --out "$work/report")"
  printf '%s\t%s\ts\t40\n' "./culvert run ipip, warm, with throughput" "$(seconds ./culvert run ipip --out "$work/report")"
} >"$work/figures"

printf '| %-50s | %9s | %9s |\n| --- | ---: | ---: |\n' what measured "at most"
awk -F'\t' '{ printf "| %-50s | %9s | %9s |\n", $1, $2 " " $3, $4 " " $3 }' "$work/figures"
echo
ci/figures/decode.sh
