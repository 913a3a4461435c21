# COMMAND…: run a command that ends when standard input does, with everything it has started.
# Its output is passed on; the last line is "culvert: ended STATUS".
exec 3<&0
setsid setpriv --pdeathsig KILL "$@" < /dev/null 3<&- 2>&1 &
child=$!

# The command leads a process group of its own, as soon as setsid has come that far.
signal() { kill -s "$1" -- "-$child" || kill -s "$1" "$child"; }
(
    while read -r _; do :; done <&3
    signal TERM
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        signal 0 || exit
        sleep 0.1
    done
    signal KILL
) > /dev/null 2>&1 &
watcher=$!
wait "$child"
status=$?
kill "$watcher"
signal KILL 2> /dev/null
printf '\nculvert: ended %s\n' "$status"
