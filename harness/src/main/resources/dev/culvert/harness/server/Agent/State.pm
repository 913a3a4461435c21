# What is read of a server: counters, the kernel's log, files.
package Agent::State;
use strict;
use warnings;
use Agent::System;
use Agent::Taps;
use Agent::Timers;
use Agent::Wire;
use Errno qw(EINTR EPIPE);
use Fcntl qw(O_NONBLOCK O_RDONLY);
use Socket qw(SOCK_RAW);

# The kernel fills at most 32 KiB of a buffer with a dump's messages (netlink_dump() in net/netlink/af_netlink.c).
use constant { PIECE => 65_536, LONGEST => 32_768 };

# include/uapi/linux/{netlink,rtnetlink,if_link}.h
use constant {
    AF_NETLINK => 16, NETLINK_ROUTE => 0, RTM_GETLINK => 18, NLM_F_REQUEST => 0x001, NLM_F_DUMP => 0x300,
    NLMSG_ERROR => 2, NLMSG_DONE => 3, IFLA_IFNAME => 3,
    RTM_GETSTATS => 94, LINK_64_FILTER => 1,
};

# The files under /proc/net that are read, and the lines of each: a reading goes out several times a second, and what TCP
# has to say alone is longer than all the rest.
my %WANTED = (
    snmp => qr/^(?:Ip|Icmp|Udp): .*\n/m, snmp6 => qr/^(?:Ip|Icmp|Udp)6.*\n/m, netstat => qr/^IpExt: .*\n/m, xfrm_stat => qr/^.*\n/m,
);

my %opened;     # by netns: what is read there again and again, a netlink socket and files
my @readers;    # files on their way out: { id, handle, bytes }

sub is_reading { return @readers > 0 }

sub stop_reading { @readers = () }

# Closes what keeps network namespaces alive.
sub close_all { %opened = () }

# Answers once the links of network namespaces are at rest: once two readings of all their packet counters, a pause apart, are the same.
sub rest {
    my ($id, $payload) = @_;
    my ($pause, $millis, $counters, @netns) = unpack 'N N C N/(N/a)', $payload;
    Agent::Taps::drain_all();
    my %watch = (id => $id, pause => $pause, netns => \@netns, counters => $counters,
        millis => $millis, deadline => Agent::System::monotonic() + $millis * 1e6);
    look_again(\%watch);
}

sub look_again {
    my ($watch) = @_;
    my $began = Agent::System::realtime();
    my @netns = @{ $watch->{netns} };
    my @traffic = map { reading($_, \&traffic_of) } @netns;
    my $now = join '', @traffic;
    if (defined $watch->{last} && $now eq $watch->{last}) {
        return Agent::Wire::answer($watch->{id}, pack('Q> Q>', $watch->{since}, $began) . $watch->{read});
    }
    @$watch{qw(last since)} = ($now, Agent::System::realtime());
    my $monotonic = Agent::System::monotonic();
    die "packets passed for $watch->{millis} ms\n" if $monotonic > $watch->{deadline};
    my $due = $monotonic + $watch->{pause} * 1e6;
    # Within the pause: should it turn out not to have been one, they are read again.
    $watch->{read} = join '', map { reading($netns[$_], \&counters_of, $traffic[$_]) } $watch->{counters} ? 0 .. $#netns : ();
    # Only now: a reading that fails refuses the request, and what is refused must not be answered later.
    Agent::Timers::at($due, sub { eval { look_again($watch); 1 } or Agent::Wire::refuse($watch->{id}, $@) });
}

# Reads from what is open in a network namespace; what may have been left half read is not used again.
sub reading {
    my ($netns, $code, @more) = @_;
    my $open = $opened{$netns} //= Agent::System::in_netns($netns, \&open_here);
    my $read = eval { $code->($open, @more) };
    return $read unless $@;
    delete $opened{$netns};
    die $@;
}

sub open_here {
    socket my $netlink, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE or die "netlink socket: $!\n";
    my @files;
    for my $name (grep { -e "/proc/self/net/$_" } sort keys %WANTED) {
        open my $file, '<', "/proc/self/net/$name" or die "cannot read '/proc/net/$name': $!\n";
        push @files, { name => $name, file => $file, text => '', wanted => '' };
    }
    return { netlink => $netlink, files => \@files, names => {}, lines => '' };
}

sub counters_of {
    my ($open, $traffic) = @_;
    my @files = @{ $open->{files} };
    my $texts = pack '(N/a N/a)*', map { ($_->{name}, wanted_of($_)) } @files;
    return pack('Q> N/a N/a N', Agent::System::realtime(), $traffic, link_names($open, $traffic), scalar @files) . $texts;
}

# The names of the links, a line each: index and name. A link's full message is ten times as long as its statistics, so that one is asked for
# only when there is a link whose name is not known yet; the kernel does not use an index again soon.
sub link_names {
    my ($open, $traffic) = @_;
    my $at = 0;
    while ($at < length $traffic) {
        my ($length, $index) = unpack "x$at L x16 L", $traffic;
        if (!exists $open->{names}{$index}) {
            my $names = $open->{names} = names($open->{netlink});
            return $open->{lines} = join '', map { "$_ $names->{$_}\n" } keys %$names;
        }
        $at += ($length + 3) & ~3;
    }
    return $open->{lines};
}

# The names of the links, by index.
sub names {
    my ($netlink) = @_;
    my $messages = dump_of($netlink, RTM_GETLINK, pack 'x16');
    my %names;
    while (length $messages) {
        my ($length) = unpack 'L', $messages;
        my ($index, $attributes) = unpack 'x20 L x8 a*', substr $messages, 0, ($length + 3) & ~3, '';
        while (length $attributes >= 4) {
            my ($size, $kind) = unpack 'S S', $attributes;
            my $attribute = substr $attributes, 0, ($size + 3) & ~3, '';
            next if $kind != IFLA_IFNAME;
            $names{$index} = unpack 'x4 Z*', $attribute;
            last;
        }
    }
    return \%names;
}

# What the kernel counts for each link: the messages of an RTM_GETSTATS dump as they came.
sub traffic_of {
    my ($open) = @_;
    return dump_of($open->{netlink}, RTM_GETSTATS, pack('x4 L L', 0, LINK_64_FILTER));
}

# Asks for a dump and returns its messages one behind the other.
sub dump_of {
    my ($netlink, $type, $question) = @_;
    my $request = pack('L S S L L', 16 + length $question, $type, NLM_F_REQUEST | NLM_F_DUMP, 1, 0) . $question;
    defined send $netlink, $request, 0 or die "netlink: $!\n";
    my $all = '';
    while (1) {
        defined recv $netlink, my $messages, LONGEST, 0 or die "netlink: $!\n";
        my $at = 0;
        while ($at < length $messages) {
            my ($length, $kind) = unpack "x$at L S", $messages;
            return $all . substr $messages, 0, $at if $kind == NLMSG_DONE;
            die "netlink: refused the dump of type $type\n" if $kind == NLMSG_ERROR;
            $at += ($length + 3) & ~3;
        }
        $all .= $messages;
    }
}

# Most files say what they said before.
sub wanted_of {
    my ($of) = @_;
    my ($name, $file) = @$of{qw(name file)};
    defined sysseek $file, 0, 0 or die "cannot read '/proc/net/$name' again: $!\n";
    my $text = '';
    while (1) {
        my $got = sysread $file, $text, PIECE, length $text;
        die "cannot read '/proc/net/$name': $!\n" unless defined $got;
        last if $got == 0;
    }
    if ($text ne $of->{text}) {
        $of->{text} = $text;
        $of->{wanted} = join '', $text =~ /$WANTED{$name}/g;
        $of->{wanted} =~ tr/ \t/ /s;
    }
    return $of->{wanted};
}

sub kernel_log {
    my ($id, $payload) = @_;
    my $next = unpack 'Q>', $payload;
    sysopen my $kmsg, '/dev/kmsg', O_RDONLY | O_NONBLOCK or die "cannot read '/dev/kmsg': $!\n";
    my @records;
    while (1) {
        my $got = sysread $kmsg, my $record, 8192;
        next if !defined $got && ($! == EINTR || $! == EPIPE);    # EPIPE: overwritten meanwhile, read on
        last if !$got;
        my (undef, $sequence) = split /,/, $record, 3;
        next if $sequence < $next;
        push @records, $record;
        $next = $sequence + 1;
    }
    Agent::Wire::answer($id, pack 'Q> N (N/a)*', $next, scalar @records, @records);
}

sub start_reading {
    my ($id, $payload) = @_;
    my ($path) = unpack 'N/a', $payload;
    sysopen my $file, $path, O_RDONLY or die "cannot read '$path': $!\n";
    push @readers, { id => $id, handle => $file, bytes => 0 };
}

# One chunk of each file that is being read: several go out side by side.
sub read_on {
    for my $reader (splice @readers) {
        my $got = sysread $reader->{handle}, my $bytes, PIECE;
        if (!defined $got) {
            Agent::Wire::refuse($reader->{id}, "read: $!");
        } elsif ($got) {
            $reader->{bytes} += $got;
            Agent::Wire::chunk($reader->{id}, 1, $bytes);
            push @readers, $reader;
        } else {
            Agent::Wire::answer($reader->{id}, pack 'Q>', $reader->{bytes});
        }
    }
}

1;
