# Captures of whole packets: a ring that a packet socket shares with the kernel for each (packet(7), PACKET_RX_RING), which is read when links
# are asked whether they are at rest, so that no packet wakes anybody. The kernel copies a packet into it when it passes: what a
# socket queues instead changes with what becomes of the packet, and fou changes headers where they are (fou_recv_pull in
# net/ipv4/fou_core.c). What is captured looks as libpcap has it (pcap-linux.c): the link types, the cooked header, and the VLAN
# tag, which the kernel tells beside the frame, where it was.
package Agent::Taps;
use strict;
use warnings;
use Agent::System;
use Agent::Wire;
use Socket qw(SOCK_DGRAM SOCK_RAW);

# include/uapi/linux/{if_packet,if_ether,sockios}.h
use constant {
    AF_PACKET => 17, SOL_PACKET => 263, PACKET_ADD_MEMBERSHIP => 1, PACKET_MR_PROMISC => 1, PACKET_RX_RING => 5, PACKET_STATISTICS => 6,
    PACKET_VERSION => 10, TPACKET_V2 => 1, TP_STATUS_USER => 0x01, TP_STATUS_VLAN_VALID => 0x10, TP_STATUS_VLAN_TPID_VALID => 0x40,
    ETH_P_ALL => 0x0003, ETH_P_8021Q => 0x8100, SIOCGIFINDEX => 0x8933, SIOCGIFHWADDR => 0x8927,
};
# Link types of pcap files by the ARPHRD_ number of the device (if_arp.h); all others are cooked.
use constant { LINKTYPE_ETHERNET => 1, LINKTYPE_RAW => 101, LINKTYPE_LINUX_SLL => 113 };
my %LINKTYPES = (1 => LINKTYPE_ETHERNET, 768 => LINKTYPE_RAW, 776 => LINKTYPE_RAW, 0xfffe => LINKTYPE_RAW);    # ETHER, TUNNEL, SIT, NONE

# A slot has struct tpacket2_hdr, struct sockaddr_ll, up to 28 bytes that align what follows, and a packet of up to 9216 bytes. 168 slots are twice
# what any stimulus makes pass one point.
use constant { SLOT => 9_296, BLOCK => 65_536, BLOCKS => 24, DESCRIPTION => 52 };
use constant { SLOTS_OF_BLOCK => int(BLOCK / SLOT) };
use constant { SLOTS => BLOCKS * SLOTS_OF_BLOCK };

my %taps;    # by key: { netns, device, index, socket, ring, slot, linktype, snaplen, file, count }

open my $zeros, '<', '/dev/zero' or die "agent: /dev/zero: $!\n";

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
    unmap($tap);
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

sub close_all {
    unmap($_) for values %taps;
    %taps = ();
}

sub unmap { Agent::System::unmap($_[0]{ring}, BLOCKS * BLOCK) }

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
    setsockopt $socket, SOL_PACKET, PACKET_VERSION, pack 'i', TPACKET_V2 or die "PACKET_VERSION: $!\n";
    # struct tpacket_req
    my $wanted = pack 'L L L L', BLOCK, BLOCKS, SLOT, SLOTS;
    setsockopt $socket, SOL_PACKET, PACKET_RX_RING, $wanted or die "PACKET_RX_RING: $!\n";
    my $ring = Agent::System::map_shared(fileno $socket, BLOCKS * BLOCK);
    # struct packet_mreq. The kernel's log tells of it: that what a log lacks was not said, is known from this.
    my $promiscuous = pack 'l S x10', $index, PACKET_MR_PROMISC;
    setsockopt $socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, $promiscuous or die "PACKET_ADD_MEMBERSHIP: $!\n";
    # struct sockaddr_ll
    bind $socket, pack 'S n l x12', AF_PACKET, ETH_P_ALL, $index or die "cannot capture at '$device': $!\n";
    return { socket => $socket, index => $index, linktype => $linktype, ring => $ring, slot => 0 };
}

sub index_of {
    my ($socket, $device) = @_;
    my $request = pack 'a16 x24', $device;
    ioctl $socket, SIOCGIFINDEX, $request or die "no device '$device': $!\n";
    return unpack 'x16 l', $request;
}

sub drain {
    my ($tap) = @_;
    while (1) {
        my $slot = $tap->{slot};
        my $at = $tap->{ring} + int($slot / SLOTS_OF_BLOCK) * BLOCK + $slot % SLOTS_OF_BLOCK * SLOT;
        my $description = memory($at, DESCRIPTION);
        my $status = unpack 'L', $description;
        return unless $status & TP_STATUS_USER;
        record($tap, $at, $description);
        # The slot is the kernel's again.
        Agent::System::read_to($zeros, $at, 4) == 4 or Agent::System::abandon("a slot of a capture: $!");
        $tap->{slot} = ($slot + 1) % SLOTS;
    }
}

sub memory {
    my ($at, $size) = @_;
    return unpack "P$size", pack 'J', $at;
}

sub record {
    my ($tap, $at, $description) = @_;
    my ($status, $length, $kept, $where, $seconds, $nanos, $tag, $protocol) = unpack 'L L L S x2 L L S S', $description;
    my $cooked = $tap->{linktype} == LINKTYPE_LINUX_SLL ? cooked_header(substr $description, 32) : '';
    my $packet = $cooked . memory($at + $where, $kept);
    $length += length $cooked;
    if ($tag || $status & TP_STATUS_VLAN_VALID) {
        my $known = $protocol || $status & TP_STATUS_VLAN_TPID_VALID;
        # Before the two bytes that tell the protocol.
        substr $packet, $cooked ? 14 : 12, 0, pack 'n n', $known ? $protocol : ETH_P_8021Q, $tag;
        $length += 4;
    }
    $packet = substr $packet, 0, $tap->{snaplen} if length $packet > $tap->{snaplen};
    # struct pcap_sf_pkthdr
    $tap->{file} .= pack('L L L L', $seconds, $nanos, length $packet, $length) . $packet;
    $tap->{count}++;
}

# struct sll_header, which is in network byte order, from struct sockaddr_ll.
sub cooked_header {
    my ($protocol, $hardware, $kind, $size, $bytes) = unpack 'x2 a2 x4 S C C a8', $_[0];
    return pack 'n n n a8 a2', $kind, $hardware, $size, $bytes, $protocol;
}

1;
