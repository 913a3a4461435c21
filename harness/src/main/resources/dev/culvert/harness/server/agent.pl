#!/usr/bin/perl
# Culvert's agent: the main process of every server container.
#
# It runs commands, keeps background processes (tcpdump, iperf3), injects and captures packets and reads counters for the one client
# at the other end of its standard input and output, or of a virtio-serial port of that name. It needs nothing beyond Debian's perl-base, which is Essential, and
# never starts a shell: every command is an argument vector. Those of ip are told to a process of it that is kept (Agent/Iproute.pm), and some
# of sysctl and ethtool the agent carries out itself (Agent/Builtins.pm); what fails there has a process of its own, like all others.
#
# A frame, either way: 0xC7, u32 length of what follows, u8 type, u32 request id, payload. All integers are big-endian;
# a text is a u32 length and its bytes; a list is a u32 count and its texts. Bytes between frames are skipped, so a
# client that finds an unfinished frame of a dead predecessor ends it by sending LONGEST zero bytes before its HELLO.
#
#   request         payload                                              answer
#   1  HELLO        16 bytes session id                                  RESULT session id, u32 pid, u64 realtime
#   2  RUN          u32 ms, u64 most bytes of output, text netns, text stdin, list argv   CHUNKs, RESULT ending
#   3  SPAWN        text key, text netns, text awaited, u32 ms, list argv   RESULT sighting
#   4  SIGNAL       text key, u32 signal, text awaited, u32 ms           RESULT sighting
#   5  STOP         text key, u32 signal, u32 ms                         CHUNKs, RESULT ending
#   6  INJECT       u32 count, entries (u32 us, u8 kind, text netns, text device, text bytes)
#                                                                        RESULT u32 count, (u64 realtime, text error)
#   7  REST         u32 pause, u32 ms, u8 counters too, list netns       RESULT u64 since, u64 until (realtime), and then, if
#                                                                          wanted, per netns: u64 realtime, text messages
#                                                                          of an RTM_GETSTATS dump, text lines (index name),
#                                                                          u32 count, (text file, text content)
#   8  READ         text path                                            CHUNKs, RESULT u64 bytes
#   9  LOG          u64 first sequence number                            RESULT u64 next, list kmsg records
#   10 CLOCK                                                             RESULT u64 realtime, u64 monotonic
#   11 RESET                                                             RESULT, after every child is dead
#   12 RENEW                                                             none: any frame renews the lease
#   13 NETLINK      u32 protocol, text netns, list datagrams             RESULT u64 start (realtime), u64 duration, list answers
#                                                                          (each message asks to be answered; ends at a refusal)
#   14 TAP          text key, text netns, text device, u32 snaplen       RESULT, when it captures
#   15 UNTAP        text key, text file                                  RESULT u8 whether the device is still there, u64 captured,
#                                                                          u64 received, u64 dropped; the file is a pcap file
#
# Answer types: 101 RESULT, 102 CHUNK (u8 stream, bytes), 103 ERROR (text). An ending is u8 how (0 exited, 1 signalled,
# 2 timed out, 3 too much output), u32 status or signal, u64 start (realtime), u64 duration; a sighting is u8 state
# (0 seen, 1 time is out, 2 process ended) and the text of what was printed since. Times are nanoseconds.
use strict;
use warnings;
BEGIN { unshift @INC, $0 =~ s{[^/]*\z}{}r || '.' }
use Agent::Commands;
use Agent::Iproute;
use Agent::Jobs;
use Agent::Netlink;
use Agent::Packets;
use Agent::Port;
use Agent::State;
use Agent::System;
use Agent::Taps;
use Agent::Timers;
use Agent::Wire;
use Errno qw(EINTR);

use constant FIRST_CONTACT_SECONDS => 30;

my %options = map { /\A--(lease|port)=([\w-]+)\z/ ? ($1, $2) : die "agent: usage: agent.pl [--lease=SECONDS] [--port=NAME]\n" } @ARGV;
my $lease = $options{lease} // 0;

my %SERVICES = (
    1  => \&hello,
    2  => \&Agent::Commands::run,
    3  => \&Agent::Jobs::spawn,
    4  => \&Agent::Jobs::signal,
    5  => \&Agent::Jobs::stop,
    6  => \&Agent::Packets::inject,
    7  => \&Agent::State::rest,
    8  => \&Agent::State::start_reading,
    9  => \&Agent::State::kernel_log,
    10 => sub { Agent::Wire::answer($_[0], pack 'Q> Q>', Agent::System::realtime(), Agent::System::monotonic()) },
    11 => sub { my ($id) = @_; reset_all(sub { Agent::Wire::answer($id, '') }) },
    12 => sub { },
    13 => \&Agent::Netlink::relay,
    14 => \&Agent::Taps::start,
    15 => \&Agent::Taps::stop,
);

$ENV{PATH} = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
$ENV{LC_ALL} = 'C';
$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = sub { leave('terminated') };
Agent::System::become_subreaper();
Agent::Packets::keep_stamping();
Agent::Port::become_standard($options{port}) if defined $options{port};
Agent::System::unblock($_) for \*STDIN, \*STDOUT;
# The monotonic time at which an agent with a lease leaves.
my $expiry = Agent::System::monotonic() + FIRST_CONTACT_SECONDS * 1e9;
turn() while 1;

# Waits for whatever comes first, and serves it.
sub turn {
    my ($read, $write) = ('', '');
    vec($read, 0, 1) = 1 if Agent::Wire::has_room() && !Agent::Port::is_deserted();
    vec($write, 1, 1) = 1 if Agent::Wire::is_waiting();
    Agent::Jobs::watch(\$read, \$write);
    my $ready = select $read, $write, undef, patience();
    die "agent: select: $!\n" if $ready < 0 && $! != EINTR;
    if ($ready > 0) {
        Agent::Wire::flush_out() if vec $write, 1, 1;
        Agent::Jobs::attend($read, $write);
        if (vec $read, 0, 1) {
            Agent::Wire::take_in(\&serve) or Agent::Port::desert() or leave('standard input ended');
        }
    }
    my $now = Agent::System::monotonic();
    Agent::Timers::run_due($now);
    leave("no client for $lease s") if $lease && $now > $expiry;
    Agent::State::read_on() if Agent::State::is_reading() && Agent::Wire::has_room();
}

# How long select may wait, in seconds; undef is for ever.
sub patience {
    return 0 if Agent::State::is_reading() && Agent::Wire::has_room();
    my ($first) = sort { $a <=> $b } grep { defined } Agent::Timers::next_due(), $lease ? $expiry : ();
    return undef unless defined $first;
    my $left = ($first - Agent::System::monotonic()) / 1e9;
    return $left > 0 ? $left : 0;
}

sub serve {
    my ($type, $id, $payload) = @_;
    $expiry = Agent::System::monotonic() + $lease * 1e9 if $lease;
    my $service = $SERVICES{$type} or die "unknown request type $type\n";
    $service->($id, $payload);
}

# A new client: whatever its predecessor left is void.
sub hello {
    my ($id, $session) = @_;
    Agent::Wire::forget();
    Agent::State::stop_reading();
    reset_all(sub { Agent::Wire::answer($id, $session . pack 'N Q>', $$, Agent::System::realtime()) });
}

# Ends every command, closes every socket, and goes on with $then when the last command is gone.
sub reset_all {
    my ($then) = @_;
    Agent::Timers::clear();
    Agent::Packets::close_all();
    Agent::Taps::close_all();
    Agent::State::close_all();
    Agent::Iproute::clear();
    Agent::Jobs::end_all($then);
}

sub leave {
    my ($why) = @_;
    print STDERR "agent: leaving: $why\n";
    Agent::Jobs::abandon_all();
    Agent::Wire::flush_out();
    exit 0;
}
