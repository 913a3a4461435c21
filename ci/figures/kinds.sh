#!/usr/bin/env bash
# Measures what Culvert promises about all kinds together, and prints it as a table. Run it on an idle machine; it takes about a quarter
# of an hour.
# usage: ci/figures/kinds.sh [KERNEL]     (default: 6.12)
set -euo pipefail
cd "$(dirname "$0")/../.."
kernel=${1:-6.12}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs every bundled topology and prints how long it took. A requirement that fails takes as long as one that holds; a run that ends
# otherwise measures nothing. Arguments: name of the report, options.
seconds() {
  local report=$work/$1 begun=${EPOCHREALTIME/./} status=0
  shift
  ./culvert run --kernel "$kernel" --out "$report" "$@" >"$work/out" 2>&1 || status=$?
  if [ "$status" -gt 1 ]; then
    cat "$work/out" >&2
    echo "ci/figures/kinds.sh: the run ended with $status" >&2
    exit 3
  fi
  awk -v a="$begun" -v b="${EPOCHREALTIME/./}" 'BEGIN { printf "%.1f", (b - a) / 1e6 }'
}

# Prints how many verdicts a report has.
verdicts() {
  perl -MJSON::PP -0777 -ne 'my $sum = 0; $sum += $_ for values %{decode_json($_)->{outcomes}}; print $sum' "$work/$1/matrix.json"
}

# Builds, and makes the templates, that of as many labs and that of a lab alone: what follows is warm.
topologies=(topologies/src/main/resources/topologies/*.yaml)
for warm in "$(nproc)" 1; do
  ./culvert run "${topologies[@]:0:warm}" --kernel "$kernel" --workers "$warm" --no-throughput --out "$work/first-$warm" >"$work/out" 2>&1 || [ $? -eq 1 ]
done
mvn -q -pl conformance-tests -am -Dspotless.check.skip test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath" >&2

{
  taken=$(seconds plain --no-throughput)
  printf '%s\t%s\ts\t120\n' "every topology, warm, no throughput" "$taken"
  judged=$(verdicts plain)
  printf '%s\t%s\ts\t0.05\n' "each of its $judged verdicts" \
    "$(awk -v s="$taken" -v n="$judged" 'BEGIN { printf "%.3f", s / n }')"
  printf '%s\t%s\ts\t360\n' "the same, throughput of each kind's plain topology" "$(seconds throughput)"
  java -cp "conformance-tests/target/test-classes:conformance-tests/target/classes:$(cat "$work/classpath")" \
    dev.culvert.conformance.BulkFigures "$work/throughput/evidence"
} >"$work/figures"

printf '| %-55s | %11s | %9s |\n| --- | ---: | ---: |\n' "what, kernel $kernel" measured "at most"
awk -F'\t' '{ printf "| %-55s | %11s | %9s |\n", $1, $2 " " $3, $4 " " $3 }' "$work/figures"
