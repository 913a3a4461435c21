# Netlink messages that are handed to the kernel as they come, and what it answers.
package Agent::Netlink;
use strict;
use warnings;
use Agent::Iproute;
use Agent::System;
use Agent::Wire;
use Socket qw(SOCK_RAW SOL_SOCKET SO_RCVTIMEO);

# include/uapi/linux/netlink.h
use constant {
    AF_NETLINK => 16, NETLINK_ROUTE => 0, SOL_NETLINK => 270, NETLINK_EXT_ACK => 11, NLMSG_ERROR => 2, NLMSG_DONE => 3, HEADER => 16,
};

# The kernel answers before send returns, or while a listing is read: this is for a request that asks for no answer.
# include/uapi/linux/rtnetlink.h: what changes which links there are
my %CHANGES = map { $_ => 1 } 16, 17, 19;    # RTM_NEWLINK, RTM_DELLINK, RTM_SETLINK

use constant { SECONDS => 5, LONGEST => 1_048_576 };

sub relay {
    my ($id, $payload) = @_;
    my ($protocol, $netns, @datagrams) = unpack 'N N/a N/(N/a)', $payload;
    my ($at, $began) = (Agent::System::realtime(), Agent::System::monotonic());
    # A socket of its own, so that nothing of an earlier request is left to read.
    my $socket = Agent::System::in_netns($netns, sub { opened($protocol) });
    my @answers;
    for my $datagram (@datagrams) {
        each_of($datagram, sub { Agent::Iproute::forget() if $CHANGES{ $_[0] } }) if $protocol == NETLINK_ROUTE;
        my ($answer, $refused) = answer_to($socket, $datagram);
        push @answers, $answer;
        last if $refused;
    }
    my $took = Agent::System::monotonic() - $began;
    Agent::Wire::answer($id, pack 'Q> Q> N (N/a)*', $at, $took, scalar @answers, @answers);
}

sub opened {
    my ($protocol) = @_;
    socket my $socket, AF_NETLINK, SOCK_RAW, $protocol or die "netlink socket of protocol $protocol: $!\n";
    setsockopt $socket, SOL_NETLINK, NETLINK_EXT_ACK, pack 'i', 1 or die "NETLINK_EXT_ACK: $!\n";
    setsockopt $socket, SOL_SOCKET, SO_RCVTIMEO, pack 'l! l!', SECONDS, 0 or die "SO_RCVTIMEO: $!\n";
    return $socket;
}

# Everything up to the end of the answer to each message of a datagram, and whether one of them was refused.
sub answer_to {
    my ($socket, $datagram) = @_;
    my $awaited = 0;
    each_of($datagram, sub { $awaited++ });
    defined send $socket, $datagram, 0 or die "netlink: $!\n";
    my ($answer, $refused) = ('', 0);
    while ($awaited > 0) {
        defined recv $socket, my $messages, LONGEST, 0 or die "netlink: $!\n";
        $answer .= $messages;
        each_of($messages, sub {
            my ($type, $body) = @_;
            return if $type != NLMSG_ERROR && $type != NLMSG_DONE;
            $awaited--;
            $refused = 1 if length $body >= 4 && unpack 'l', $body;
        });
    }
    return ($answer, $refused);
}

# Calls code with type and body of each message.
sub each_of {
    my ($messages, $code) = @_;
    while (length $messages >= HEADER) {
        my ($length, $type) = unpack 'L S', $messages;
        die "netlink: a message of $length bytes\n" if $length < HEADER || $length > length $messages;
        $code->($type, substr $messages, HEADER, $length - HEADER);
        substr $messages, 0, ($length + 3) & ~3, '';
    }
}

1;
