# Packets that are handed to the kernel.
package Agent::Packets;
use strict;
use warnings;
use Agent::System;
use Agent::Timers;
use Agent::Wire;
use Socket qw(AF_INET AF_INET6 SOCK_DGRAM SOCK_RAW SOL_SOCKET SO_BROADCAST SO_SNDBUF IPPROTO_IPV6 MSG_DONTWAIT
    pack_sockaddr_in pack_sockaddr_in6);

# Numbers of the uapi headers that the module Socket does not have.
use constant {
    AF_PACKET => 17, SIOCGIFINDEX => 0x8933, SO_BINDTODEVICE => 25, SO_TIMESTAMP => 29, IPPROTO_RAW => 255, IPV6_HDRINCL => 36,
    PACKET_HOST => 0, ARPHRD_ANY => 0, ETHER_ADDRESS_LENGTH => 6,
};

my %sockets;    # by kind and network namespace
my $stamping;

# Keeps the kernel stamping packets with the time. Otherwise the first capture switches that on and the last one off, by
# patching code that runs (net_enable_timestamp in net/core/dev.c); QEMU's emulation of several processors does not
# always survive this (int3 oops in netif_receive_skb_list_internal).
sub keep_stamping {
    socket $stamping, AF_INET, SOCK_DGRAM, 0 or die "agent: datagram socket: $!\n";
    setsockopt $stamping, SOL_SOCKET, SO_TIMESTAMP, pack 'i', 1 or die "agent: SO_TIMESTAMP: $!\n";
}

sub close_all { %sockets = () }

sub inject {
    my ($id, $payload) = @_;
    my ($count, $rest) = unpack 'N a*', $payload;
    my (@entries, @sent);
    for (1 .. $count) {
        my ($micros, $kind, $netns, $device, $bytes, $used) = unpack 'N C N/a N/a N/a .', $rest;
        push @entries, [$micros, $kind, $netns, $device, $bytes];
        substr $rest, 0, $used, '';
    }
    inject_on($id, \@entries, \@sent);
}

sub inject_on {
    my ($id, $entries, $sent) = @_;
    while (my $entry = shift @$entries) {
        my ($micros, @packet) = @$entry;
        if ($micros) {
            unshift @$entries, [0, @packet];
            return Agent::Timers::after($micros / 1000, sub { inject_on($id, $entries, $sent) });
        }
        my $error = eval { emit(@packet); 1 } ? '' : $@;
        chomp $error;
        push @$sent, pack 'Q> N/a', Agent::System::realtime(), $error;
    }
    Agent::Wire::answer($id, pack('N', scalar @$sent) . join '', @$sent);
}

# Kinds: 0 Ethernet frame, 4 IPv4 packet, 6 IPv6 packet. A full queue is an error of the entry, never a wait.
sub emit {
    my ($kind, $netns, $device, $bytes) = @_;
    my $socket = $sockets{"$kind $netns"} //= Agent::System::in_netns($netns, sub { injector($kind) });
    my $to;
    if ($kind == 0) {
        my $request = pack 'Z16 x24', $device;
        ioctl $socket, SIOCGIFINDEX, $request or die "no device '$device': $!\n";
        # struct sockaddr_ll; the protocol only steers taps, and is the frame's own EtherType
        $to = pack 'S a2 l S C C a8', AF_PACKET, substr($bytes . "\0" x 14, 12, 2), unpack('x16 l', $request), ARPHRD_ANY,
            PACKET_HOST, ETHER_ADDRESS_LENGTH,
            substr $bytes, 0, 6;
    } else {
        setsockopt $socket, SOL_SOCKET, SO_BINDTODEVICE, pack 'Z16', $device or die "no device '$device': $!\n";
        my $destination = $kind == 4 ? unpack 'x16 a4', $bytes . "\0" x 20 : unpack 'x24 a16', $bytes . "\0" x 40;
        $to = $kind == 4 ? pack_sockaddr_in(0, $destination) : pack_sockaddr_in6(0, $destination);
    }
    defined send $socket, $bytes, MSG_DONTWAIT, $to or die "$!\n";
}

sub injector {
    my ($kind) = @_;
    my $socket;
    if ($kind == 0) {
        socket $socket, AF_PACKET, SOCK_RAW, 0 or die "packet socket: $!\n";    # of protocol 0 it receives nothing
    } elsif ($kind == 4) {
        socket $socket, AF_INET, SOCK_RAW, IPPROTO_RAW or die "raw socket: $!\n";    # which implies IP_HDRINCL
        setsockopt $socket, SOL_SOCKET, SO_BROADCAST, pack 'i', 1 or die "SO_BROADCAST: $!\n";
    } elsif ($kind == 6) {
        socket $socket, AF_INET6, SOCK_RAW, IPPROTO_RAW or die "raw socket: $!\n";
        setsockopt $socket, IPPROTO_IPV6, IPV6_HDRINCL, pack 'i', 1 or die "IPV6_HDRINCL: $!\n";
    } else {
        die "unknown kind of packet $kind\n";
    }
    setsockopt $socket, SOL_SOCKET, SO_SNDBUF, pack 'i', 4_194_304 or die "SO_SNDBUF: $!\n";
    return $socket;
}

1;
