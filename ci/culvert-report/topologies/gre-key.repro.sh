#!/bin/sh
# gre-key: GRE with one key for both directions
#
# Sets the topology up in network namespaces of this machine (a b h j), sends one packet through the tunnel, and removes
# everything. Needs root, iproute2, ping, and these kernel modules: veth ip_gre.
# KEEP=1 leaves the namespaces there; look around with: ip netns exec a sh
set -eu

places='a b h j'

fail() {
    printf 'repro gre-key: %s\n' "$1" >&2
    exit 1
}

clean_up() {
    for place in $places; do
        ip netns delete "$place" 2>/dev/null || true
    done
}

# settings PLACE NAME=VALUE…: writes each value to the file below /proc/sys that its name stands for
settings() {
    place=$1
    shift
    # shellcheck disable=SC2016 # expanded by the inner shell, within the namespace
    ip netns exec "$place" sh -c '
        for setting in "$@"; do
            name=${setting%%=*} value=${setting#*=}
            file=/proc/sys rest=$name.
            while [ -n "$rest" ]; do
                file=$file/${rest%%.*} rest=${rest#*.}
            done
            if [ -e "$file" ]; then
                printf "%s\n" "$value" >"$file"
            else
                printf "repro gre-key: this kernel has no %s, goes on without\n" "$name" >&2
            fi
        done' sh "$@"
}

[ "$(id -u)" = 0 ] || fail 'needs root to make network namespaces'
command -v ip >/dev/null || fail 'needs the command ip (Debian package iproute2)'
command -v ping >/dev/null || fail 'needs the command ping (Debian package iputils-ping)'
for place in $places; do
    [ ! -e "/run/netns/$place" ] || fail "there is a network namespace $place already; ip netns delete $place if it is not needed"
done
for module in veth ip_gre; do
    modprobe -q "$module" 2>/dev/null || true # it may be built in; what is really missing shows below
done

[ -n "${KEEP-}" ] || trap clean_up EXIT
trap 'exit 130' INT TERM
for place in $places; do
    ip netns add "$place"
done

{ ip -n a link add t1 type gre local 198.51.100.1 remote 198.51.100.2 key 7 && ip -n a link delete t1; } ||
    fail 'this kernel cannot make tunnels of kind gre'

# the same settings everywhere, before any device
settings a net.ipv4.ip_forward=1 net.ipv6.conf.all.disable_ipv6=1 net.ipv4.conf.all.rp_filter=0 \
    net.ipv4.conf.all.accept_local=0 net.ipv4.conf.all.log_martians=0 net.ipv4.conf.all.route_localnet=0 \
    net.ipv6.conf.default.disable_ipv6=1 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.default.accept_local=0 \
    net.ipv4.conf.default.log_martians=0 net.ipv4.conf.default.route_localnet=0 net.ipv4.icmp_ratelimit=0 \
    net.ipv4.icmp_ratemask=0 net.ipv4.icmp_echo_ignore_all=0 net.ipv4.icmp_echo_ignore_broadcasts=1 \
    net.ipv4.ip_default_ttl=64 net.ipv4.ip_forward_use_pmtu=0 net.ipv4.ip_no_pmtu_disc=0 net.ipv4.ipfrag_time=30 \
    net.ipv4.route.min_pmtu=552 net.ipv4.route.mtu_expires=600 net.ipv4.tcp_mtu_probing=0 \
    net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.default.accept_redirects=0
# loopback
ip -n a link set lo up
# the same settings everywhere, before any device
settings b net.ipv4.ip_forward=1 net.ipv6.conf.all.disable_ipv6=1 net.ipv4.conf.all.rp_filter=0 \
    net.ipv4.conf.all.accept_local=0 net.ipv4.conf.all.log_martians=0 net.ipv4.conf.all.route_localnet=0 \
    net.ipv6.conf.default.disable_ipv6=1 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.default.accept_local=0 \
    net.ipv4.conf.default.log_martians=0 net.ipv4.conf.default.route_localnet=0 net.ipv4.icmp_ratelimit=0 \
    net.ipv4.icmp_ratemask=0 net.ipv4.icmp_echo_ignore_all=0 net.ipv4.icmp_echo_ignore_broadcasts=1 \
    net.ipv4.ip_default_ttl=64 net.ipv4.ip_forward_use_pmtu=0 net.ipv4.ip_no_pmtu_disc=0 net.ipv4.ipfrag_time=30 \
    net.ipv4.route.min_pmtu=552 net.ipv4.route.mtu_expires=600 net.ipv4.tcp_mtu_probing=0 \
    net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.default.accept_redirects=0
# loopback
ip -n b link set lo up
# the same settings everywhere, before any device
settings h net.ipv4.ip_forward=0 net.ipv6.conf.all.disable_ipv6=1 net.ipv4.conf.all.rp_filter=0 \
    net.ipv4.conf.all.accept_local=0 net.ipv4.conf.all.log_martians=0 net.ipv4.conf.all.route_localnet=0 \
    net.ipv6.conf.default.disable_ipv6=1 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.default.accept_local=0 \
    net.ipv4.conf.default.log_martians=0 net.ipv4.conf.default.route_localnet=0 net.ipv4.icmp_ratelimit=0 \
    net.ipv4.icmp_ratemask=0 net.ipv4.icmp_echo_ignore_all=0 net.ipv4.icmp_echo_ignore_broadcasts=1 \
    net.ipv4.ip_default_ttl=64 net.ipv4.ip_forward_use_pmtu=0 net.ipv4.ip_no_pmtu_disc=0 net.ipv4.ipfrag_time=30 \
    net.ipv4.route.min_pmtu=552 net.ipv4.route.mtu_expires=600 net.ipv4.tcp_mtu_probing=0 \
    net.ipv4.conf.all.accept_redirects=1 net.ipv4.conf.default.accept_redirects=1
# loopback
ip -n h link set lo up
# the same settings everywhere, before any device
settings j net.ipv4.ip_forward=0 net.ipv6.conf.all.disable_ipv6=1 net.ipv4.conf.all.rp_filter=0 \
    net.ipv4.conf.all.accept_local=0 net.ipv4.conf.all.log_martians=0 net.ipv4.conf.all.route_localnet=0 \
    net.ipv6.conf.default.disable_ipv6=1 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.default.accept_local=0 \
    net.ipv4.conf.default.log_martians=0 net.ipv4.conf.default.route_localnet=0 net.ipv4.icmp_ratelimit=0 \
    net.ipv4.icmp_ratemask=0 net.ipv4.icmp_echo_ignore_all=0 net.ipv4.icmp_echo_ignore_broadcasts=1 \
    net.ipv4.ip_default_ttl=64 net.ipv4.ip_forward_use_pmtu=0 net.ipv4.ip_no_pmtu_disc=0 net.ipv4.ipfrag_time=30 \
    net.ipv4.route.min_pmtu=552 net.ipv4.route.mtu_expires=600 net.ipv4.tcp_mtu_probing=0 \
    net.ipv4.conf.all.accept_redirects=1 net.ipv4.conf.default.accept_redirects=1
# loopback
ip -n j link set lo up
# link to LAN host h
ip -n a link add lan0 address 02:00:00:00:00:2a mtu 1500 type veth peer name eth0 address 02:00:00:00:00:3a mtu 1500 \
    netns h
# link to LAN host j
ip -n b link add lan0 address 02:00:00:00:00:2b mtu 1500 type veth peer name eth0 address 02:00:00:00:00:3b mtu 1500 \
    netns j
# link between a and b
ip -n a link add eth0 address 02:00:00:00:00:0a mtu 1500 type veth peer name eth0 address 02:00:00:00:00:0b mtu 1500 \
    netns b
# address of eth0
ip -n a addr add 198.51.100.1/24 dev eth0
# eth0 up
ip -n a link set eth0 up
# address of eth0
ip -n b addr add 198.51.100.2/24 dev eth0
# eth0 up
ip -n b link set eth0 up
# address of lan0
ip -n a addr add 198.18.1.1/24 dev lan0
# lan0 up
ip -n a link set lan0 up
# address of eth0
ip -n h addr add 198.18.1.2/24 dev eth0
# eth0 up
ip -n h link set eth0 up
# address of lan0
ip -n b addr add 198.18.2.1/24 dev lan0
# lan0 up
ip -n b link set lan0 up
# address of eth0
ip -n j addr add 198.18.2.2/24 dev eth0
# eth0 up
ip -n j link set eth0 up
# neighbour known beforehand, no ARP in captures
ip -n a neigh replace 198.51.100.2 lladdr 02:00:00:00:00:0b dev eth0 nud permanent
ip -n b neigh replace 198.51.100.1 lladdr 02:00:00:00:00:0a dev eth0 nud permanent
ip -n a neigh replace 198.18.1.2 lladdr 02:00:00:00:00:3a dev lan0 nud permanent
ip -n h neigh replace 198.18.1.1 lladdr 02:00:00:00:00:2a dev eth0 nud permanent
# default route by the server
ip -n h route add default via 198.18.1.1
# neighbour known beforehand, no ARP in captures
ip -n b neigh replace 198.18.2.2 lladdr 02:00:00:00:00:3b dev lan0 nud permanent
ip -n j neigh replace 198.18.2.1 lladdr 02:00:00:00:00:2b dev eth0 nud permanent
# default route by the server
ip -n j route add default via 198.18.2.1
# gre device
ip -n a link add t1 type gre local 198.51.100.1 remote 198.51.100.2 key 7
# tunnel up
ip -n a link set t1 up
# internal address
ip -n a addr add 203.0.113.1/24 dev t1
# gre device
ip -n b link add t1 type gre local 198.51.100.2 remote 198.51.100.1 key 7
# tunnel up
ip -n b link set t1 up
# internal address
ip -n b addr add 203.0.113.2/24 dev t1
# route to 198.18.2.0/24
ip -n a route add 198.18.2.0/24 dev t1
# route to 198.18.1.0/24
ip -n b route add 198.18.1.0/24 dev t1

ip netns exec h ping -c 1 -W 2 198.18.2.2 || fail 'nothing came back through the tunnel'
printf 'repro gre-key: the tunnel works\n'

