# Captures of whole packets: a packet socket each, which is read when links are asked whether they are at rest, so that no packet wakes
# anybody. What is captured looks as libpcap has it (pcap-linux.c): the link types, the cooked header, and the VLAN tag, which
# the kernel tells beside the frame, where it was.
package Agent::Taps;
use strict;
use warnings;
use Agent::System;
use Agent::Wire;
use Errno qw(EAGAIN EINTR ENETDOWN);
use Socket qw(SOCK_DGRAM SOCK_RAW SOL_SOCKET MSG_DONTWAIT MSG_TRUNC);

# include/uapi/linux/{if_packet,if_ether,if_arp,sockios}.h, include/uapi/asm-generic/socket.h
use constant {
    AF_PACKET => 17, SOL_PACKET => 263, PACKET_ADD_MEMBERSHIP => 1, PACKET_MR_PROMISC => 1, PACKET_STATISTICS => 6, PACKET_AUXDATA => 8, SO_RCVBUFFORCE => 33, SO_TIMESTAMPNS => 35,
    ETH_P_ALL => 0x0003, ETH_P_8021Q => 0x8100, TP_STATUS_VLAN_VALID => 0x10, TP_STATUS_VLAN_TPID_VALID => 0x40,
    SIOCGIFINDEX => 0x8933, SIOCGIFHWADDR => 0x8927,
};
# Link types of pcap files by the ARPHRD_ number of the device; all others are cooked.
use constant { LINKTYPE_ETHERNET => 1, LINKTYPE_RAW => 101, LINKTYPE_LINUX_SLL => 113 };
my %LINKTYPES = (1 => LINKTYPE_ETHERNET, 768 => LINKTYPE_RAW, 776 => LINKTYPE_RAW, 0xfffe => LINKTYPE_RAW);    # ETHER, TUNNEL, SIT, NONE

# A stimulus makes some hundred packets pass one point; the kernel counts some hundred bytes beside each.
use constant { BUFFER => 8_388_608, LONGEST => 65_536, CONTROL => 128, ADDRESS => 20 };

my %taps;    # by key: { netns, device, index, socket, linktype, snaplen, file, count }

# recvmsg writes into these, by their addresses; to be written to makes them strings of their own.
my ($data, $address, $control) = ("\0" x LONGEST, "\0" x ADDRESS, "\0" x CONTROL);
vec($_, 0, 8) = 0 for $data, $address, $control;
my $vector = pack 'P Q', $data, LONGEST;

sub start {
    my ($id, $payload) = @_;
    my ($key, $netns, $device, $snaplen) = unpack 'N/a N/a N/a N', $payload;
    die "a capture named '$key' was started before and not stopped\n" if $taps{$key};
    my $tap = Agent::System::in_netns($netns, sub { opened($device) });
    @$tap{qw(netns device snaplen count)} = ($netns, $device, $snaplen, 0);
    # struct pcap_file_header, with times in nanoseconds
    $tap->{file} = pack 'L S S l L L L', 0xa1b23c4d, 2, 4, 0, 0, $snaplen, $tap->{linktype};
    $taps{$key} = $tap;
    Agent::Wire::answer($id, '');
}

# Answers once what was captured is in a file.
sub stop {
    my ($id, $payload) = @_;
    my ($key, $path) = unpack 'N/a N/a', $payload;
    my $tap = delete $taps{$key} or die "no capture named '$key' was started\n";
    drain($tap);
    open my $file, '>:raw', $path or die "cannot write '$path': $!\n";
    print $file $tap->{file} or die "cannot write '$path': $!\n";
    close $file or die "cannot write '$path': $!\n";
    my $statistics = getsockopt $tap->{socket}, SOL_PACKET, PACKET_STATISTICS or die "PACKET_STATISTICS: $!\n";
    my ($received, $dropped) = unpack 'L L', $statistics;
    my $there = eval { Agent::System::in_netns($tap->{netns}, sub { index_of($tap->{socket}, $tap->{device}) }) } // 0;
    Agent::Wire::answer($id, pack 'C Q> Q> Q>', $there == $tap->{index} ? 1 : 0, $tap->{count}, $received, $dropped);
}

# Takes what the kernel holds for all captures.
sub drain_all { drain($_) for values %taps }

sub close_all { %taps = () }

sub opened {
    my ($device) = @_;
    # Of protocol 0 it receives nothing, until it is bound to the device.
    socket my $socket, AF_PACKET, SOCK_RAW, 0 or die "packet socket: $!\n";
    my $index = index_of($socket, $device);
    my $request = pack 'a16 x24', $device;
    ioctl $socket, SIOCGIFHWADDR, $request or die "$device: SIOCGIFHWADDR: $!\n";
    my $linktype = $LINKTYPES{ unpack 'x16 S', $request } // LINKTYPE_LINUX_SLL;
    if ($linktype == LINKTYPE_LINUX_SLL) {
        socket $socket, AF_PACKET, SOCK_DGRAM, 0 or die "packet socket: $!\n";
    }
    setsockopt $socket, SOL_SOCKET, SO_RCVBUFFORCE, pack 'i', BUFFER or die "SO_RCVBUFFORCE: $!\n";
    setsockopt $socket, SOL_SOCKET, SO_TIMESTAMPNS, pack 'i', 1 or die "SO_TIMESTAMPNS: $!\n";
    setsockopt $socket, SOL_PACKET, PACKET_AUXDATA, pack 'i', 1 or die "PACKET_AUXDATA: $!\n";
    # struct packet_mreq. The kernel's log tells of it: that what a log lacks was not said, is known from this.
    my $promiscuous = pack 'l S x10', $index, PACKET_MR_PROMISC;
    setsockopt $socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, $promiscuous or die "PACKET_ADD_MEMBERSHIP: $!\n";
    # struct sockaddr_ll
    bind $socket, pack 'S n l x12', AF_PACKET, ETH_P_ALL, $index or die "cannot capture at '$device': $!\n";
    return { socket => $socket, index => $index, linktype => $linktype };
}

sub index_of {
    my ($socket, $device) = @_;
    my $request = pack 'a16 x24', $device;
    ioctl $socket, SIOCGIFINDEX, $request or die "no device '$device': $!\n";
    return unpack 'x16 l', $request;
}

sub drain {
    my ($tap) = @_;
    my $descriptor = fileno $tap->{socket};
    while (1) {
        # struct msghdr
        my $message = pack 'P L x4 P Q P Q l x4', $address, ADDRESS, $vector, 1, $control, CONTROL, 0;
        my $length = Agent::System::receive_message($descriptor, $message, MSG_DONTWAIT | MSG_TRUNC);
        if ($length < 0) {
            return if $! == EAGAIN;
            # The device went down, once for each time; it may come up again.
            next if $! == EINTR || $! == ENETDOWN;
            die "capture at '$tap->{device}': $!\n";
        }
        record($tap, $length, unpack 'x40 Q', $message);
    }
}

sub record {
    my ($tap, $length, $told) = @_;
    my ($seconds, $nanos, $status, $tag, $protocol) = (0, 0, 0, 0, 0);
    for (my $at = 0; $at + 16 <= $told; ) {
        # struct cmsghdr: struct timespec, or struct tpacket_auxdata
        my ($size, $level, $type) = unpack "x$at Q l l", $control;
        if ($level == SOL_SOCKET && $type == SO_TIMESTAMPNS) {
            ($seconds, $nanos) = unpack 'q q', substr $control, $at + 16, 16;
        } elsif ($level == SOL_PACKET && $type == PACKET_AUXDATA) {
            ($status, $tag, $protocol) = unpack 'L x12 S S', substr $control, $at + 16, 20;
        }
        $at += ($size + 7) & ~7;
    }
    my $packet = substr $data, 0, $length;
    my $cooked = $tap->{linktype} == LINKTYPE_LINUX_SLL ? cooked_header() : '';
    substr $packet, 0, 0, $cooked;
    $length += length $cooked;
    if ($tag || $status & TP_STATUS_VLAN_VALID) {
        # Before the two bytes that tell the protocol.
        substr $packet, $cooked ? 14 : 12, 0, pack 'n n', $protocol || $status & TP_STATUS_VLAN_TPID_VALID ? $protocol : ETH_P_8021Q, $tag;
        $length += 4;
    }
    substr $packet, $tap->{snaplen}, length $packet, '' if length $packet > $tap->{snaplen};
    # struct pcap_sf_pkthdr
    $tap->{file} .= pack('L L L L', $seconds, $nanos, length $packet, $length) . $packet;
    $tap->{count}++;
}

# struct sll_header, which is in network byte order, from struct sockaddr_ll.
sub cooked_header {
    my ($protocol, $hardware, $kind, $size, $bytes) = unpack 'x2 a2 x4 S C C a8', $address;
    return pack 'n n n a8 a2', $kind, $hardware, $size, $bytes, $protocol;
}

1;
