#!/usr/bin/perl
# Culvert's agent: the main process of every server container.
#
# It runs commands, keeps background processes (tcpdump, iperf3), injects packets and reads counters for the one client
# at the other end of its standard input and output. It needs nothing beyond Debian's perl-base, which is Essential, and
# never starts a shell: every command is an argument vector.
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
#   7  COUNTERS     list netns                                           RESULT per netns: u64 realtime, text links,
#                                                                          u32 count, (text file, text content)
#   8  READ         text path                                            CHUNKs, RESULT u64 bytes
#   9  LOG          u64 first sequence number                            RESULT u64 next, list kmsg records
#   10 CLOCK                                                             RESULT u64 realtime, u64 monotonic
#   11 RESET                                                             RESULT, after every child is dead
#   12 RENEW                                                             none: any frame renews the lease
#
# Answer types: 101 RESULT, 102 CHUNK (u8 stream, bytes), 103 ERROR (text). An ending is u8 how (0 exited, 1 signalled,
# 2 timed out, 3 too much output), u32 status or signal, u64 start (realtime), u64 duration; a sighting is u8 state
# (0 seen, 1 time is out, 2 process ended) and the text of what was printed since. Times are nanoseconds.
use strict;
use warnings;
use Errno qw(EAGAIN EINTR EMSGSIZE ENXIO);
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK O_RDONLY);
use POSIX ();
use Socket qw(AF_INET AF_INET6 SOCK_RAW SOL_SOCKET SO_SNDBUF IPPROTO_IP IPPROTO_IPV6 MSG_DONTWAIT
    inet_ntop pack_sockaddr_in pack_sockaddr_in6);

use constant {
    MAGIC => 0xC7, LONGEST => 131_072, CHUNK => 65_536, HIGH_WATER => 1_048_576, SPAWNED_OUTPUT_LIMIT => 16_777_216,
    HELLO => 1, RUN => 2, SPAWN => 3, SIGNAL => 4, STOP => 5, INJECT => 6, COUNTERS => 7, READ => 8, LOG => 9,
    CLOCK => 10, RESET => 11, RENEW => 12,
    RESULT => 101, CHUNK_OF => 102, ERROR => 103,
    EXITED => 0, SIGNALLED => 1, TIMED_OUT => 2, TOO_MUCH => 3,
    SEEN => 0, TIME_IS_OUT => 1, ENDED => 2,
    FIRST_CONTACT_SECONDS => 30,
};

# perl-base has no syscall.ph; the numbers are those of arch/*/entry/syscalls.
my %NUMBERS = (
    x86_64  => { clock_gettime => 228, setns => 308, prctl => 157 },
    aarch64 => { clock_gettime => 113, setns => 268, prctl => 167 },
);
my $machine = (POSIX::uname())[4];
my $SYSCALL = $NUMBERS{$machine} or die "agent: no system call numbers for machine '$machine'\n";

my ($lease) = @ARGV ? $ARGV[0] =~ /\A--lease=(\d+)\z/ : (0);
die "agent: usage: agent.pl [--lease=SECONDS]\n" unless defined $lease;

my ($in, $out) = ('', '');
my %jobs;       # by pid: what runs
my %spawned;    # by key: the spawned ones among them, also after their end
my %sockets;    # by kind and network namespace: sockets that packets are injected through
my @timers;     # [monotonic time, code]
my @readers;    # files on their way out: { id, handle, bytes }
my $renewed;    # monotonic time of the last frame
my $own_net;    # this process's own network namespace
my ($wake_read, $wake_write);

main();

sub main {
    $ENV{PATH} = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    $ENV{LC_ALL} = 'C';
    # With the host's pid namespace the agent is not pid 1: as a subreaper it still inherits, and reaps, orphans.
    syscall($SYSCALL->{prctl}, 36, 1, 0, 0, 0) == 0 or die "agent: cannot become a subreaper: $!\n";
    open $own_net, '<', '/proc/self/ns/net' or die "agent: cannot open its network namespace: $!\n";
    pipe $wake_read, $wake_write or die "agent: cannot make a pipe: $!\n";
    unblock($_) for \*STDIN, \*STDOUT, $wake_read, $wake_write;
    $SIG{CHLD} = sub { syswrite $wake_write, '.' };
    $SIG{PIPE} = 'IGNORE';
    $SIG{TERM} = sub { leave('terminated') };
    $renewed = monotonic() + ($lease ? FIRST_CONTACT_SECONDS - $lease : 0) * 1e9;
    turn() while 1;
}

# Waits for whatever comes first, and serves it.
sub turn {
    my ($r, $w) = ('', '');
    my $room = length $out < HIGH_WATER;
    vec($r, 0, 1) = 1 if $room;
    vec($r, fileno $wake_read, 1) = 1;
    vec($w, 1, 1) = 1 if length $out;
    for my $job (values %jobs) {
        for my $stream (1, 2) {
            vec($r, fileno $job->{pipe}[$stream], 1) = 1 if $job->{pipe}[$stream] && ($room || !$job->{streams});
        }
        vec($w, fileno $job->{pipe}[0], 1) = 1 if $job->{pipe}[0];
    }
    my $ready = select $r, $w, undef, patience($room);
    die "agent: select: $!\n" if $ready < 0 && $! != EINTR;
    if ($ready > 0) {
        flush_out() if vec $w, 1, 1;
        reap() if vec $r, fileno $wake_read, 1;
        for my $job (values %jobs) {
            feed($job) if $job->{pipe}[0] && vec $w, fileno $job->{pipe}[0], 1;
            for my $stream (1, 2) {
                drain($job, $stream, 1) if $job->{pipe}[$stream] && vec $r, fileno $job->{pipe}[$stream], 1;
            }
        }
        take_in() if vec $r, 0, 1;
    }
    run_timers();
    read_on() if @readers && length $out < HIGH_WATER;
}

# How long select may wait, in seconds; undef is for ever.
sub patience {
    my ($room) = @_;
    return 0 if @readers && $room;
    my @times = map { $_->[0] } @timers;
    push @times, $renewed + $lease * 1e9 if $lease;
    return undef unless @times;
    my ($first) = sort { $a <=> $b } @times;
    my $left = ($first - monotonic()) / 1e9;
    return $left > 0 ? $left : 0;
}

sub run_timers {
    my $now = monotonic();
    my @due = grep { $_->[0] <= $now } @timers;
    if (@due) {
        @timers = grep { $_->[0] > $now } @timers;
        $_->[1]->() for sort { $a->[0] <=> $b->[0] } @due;
    }
    leave("no client for $lease s") if $lease && $now > $renewed + $lease * 1e9;
}

sub after {
    my ($millis, $code) = @_;
    push @timers, [monotonic() + $millis * 1e6, $code];
}

# --- frames -----------------------------------------------------------------------------------------------------------

sub take_in {
    my $got = sysread STDIN, $in, CHUNK, length $in;
    return if !defined $got && ($! == EAGAIN || $! == EINTR);
    leave('standard input ended') unless $got;
    while (1) {
        $in =~ s/\A[^\xC7]+//;
        return if length $in < 10;
        my ($length, $type, $id) = unpack 'x N C N', $in;
        if ($length < 5 || $length > LONGEST) {
            substr $in, 0, 1, '';
            next;
        }
        return if length $in < 5 + $length;
        my $payload = substr substr($in, 0, 5 + $length, ''), 10;
        $renewed = monotonic();
        eval { serve($type, $id, $payload); 1 } or refuse($id, $@);
    }
}

sub serve {
    my ($type, $id, $payload) = @_;
    return hello($id, $payload) if $type == HELLO;
    return run($id, $payload) if $type == RUN;
    return spawn($id, $payload) if $type == SPAWN;
    return signal($id, $payload) if $type == SIGNAL;
    return stop($id, $payload) if $type == STOP;
    return inject($id, $payload) if $type == INJECT;
    return counters($id, $payload) if $type == COUNTERS;
    return start_reading($id, $payload) if $type == READ;
    return kernel_log($id, $payload) if $type == LOG;
    return answer($id, pack 'Q> Q>', realtime(), monotonic()) if $type == CLOCK;
    return reset_all(sub { answer($id, '') }) if $type == RESET;
    return if $type == RENEW;
    die "unknown request type $type\n";
}

sub send_frame {
    my ($type, $id, $payload) = @_;
    $out .= pack('C N C N', MAGIC, 5 + length $payload, $type, $id) . $payload;
    flush_out();
}

sub answer { send_frame(RESULT, $_[0], $_[1]) }

sub refuse {
    my ($id, $why) = @_;
    chomp $why;
    send_frame(ERROR, $id, $why);
}

sub flush_out {
    while (length $out) {
        my $sent = syswrite STDOUT, $out, CHUNK;
        if (!defined $sent) {
            return if $! == EAGAIN;
            next if $! == EINTR;
            $out = '';    # nobody will read it, and leave would come here again
            leave("standard output: $!");
        }
        substr $out, 0, $sent, '';
    }
}

# A new client: whatever its predecessor left is void.
sub hello {
    my ($id, $session) = @_;
    $out = '';
    @readers = ();
    reset_all(sub { answer($id, $session . pack 'N Q>', $$, realtime()) });
}

# --- commands ---------------------------------------------------------------------------------------------------------

sub run {
    my ($id, $payload) = @_;
    my ($millis, $limit, $netns, $stdin, @argv) = unpack 'N Q> N/a N/a N/(N/a)', $payload;
    my $job = start($netns, @argv);
    @$job{qw(id streams stdin limit)} = ($id, 1, $stdin, $limit);
    feed($job);
    deadline($job, $millis);
}

sub spawn {
    my ($id, $payload) = @_;
    my ($key, $netns, $awaited, $millis, @argv) = unpack 'N/a N/a N/a N N/(N/a)', $payload;
    die "a process named '$key' was spawned before and not stopped\n" if $spawned{$key};
    my $job = $spawned{$key} = start($netns, @argv);
    feed($job);
    await($job, $id, $awaited, $millis);
}

sub signal {
    my ($id, $payload) = @_;
    my ($key, $signal, $awaited, $millis) = unpack 'N/a N N/a N', $payload;
    my $job = $spawned{$key} or die "no process named '$key' was spawned\n";
    await($job, $id, $awaited, $millis);
    kill $signal, $job->{pid} if $signal && $jobs{$job->{pid}};
}

sub stop {
    my ($id, $payload) = @_;
    my ($key, $signal, $millis) = unpack 'N/a N N', $payload;
    my $job = delete $spawned{$key} or die "no process named '$key' was spawned\n";
    $job->{id} = $id;
    return finish($job) if defined $job->{status};
    kill $signal, -$job->{pid};
    deadline($job, $millis);
}

# Forks and executes; the command's ends of three pipes become its standard streams, and it leads a process group.
sub start {
    my ($netns, @argv) = @_;
    die "no command given\n" unless @argv;
    my (@ours, @theirs);
    pipe $theirs[0], $ours[0] or die "pipe: $!\n";
    pipe $ours[$_], $theirs[$_] or die "pipe: $!\n" for 1, 2;
    my $pid = fork;
    die "fork: $!\n" unless defined $pid;
    if ($pid == 0) {
        $SIG{$_} = 'DEFAULT' for qw(CHLD PIPE TERM);
        POSIX::setpgid(0, 0);
        POSIX::dup2(fileno $theirs[$_], $_) for 0 .. 2;
        # Only the network namespace changes, not /sys as in `ip netns exec`: no command here reads sysfs.
        my $why = eval { enter($netns); 1 } ? execute(@argv) : $@;
        syswrite STDERR, "agent: cannot run '$argv[0]': $why";
        POSIX::_exit(127);
    }
    POSIX::setpgid($pid, $pid);
    unblock($_) for @ours;
    my ($began, $started) = (realtime(), monotonic());
    return $jobs{$pid} = { pid => $pid, pipe => \@ours, began => $began, started => $started, text => ['', '', ''],
        printed => '', size => 0, limit => SPAWNED_OUTPUT_LIMIT, stdin => '', how => EXITED };
}

# Returns only when it fails, with the reason.
sub execute {
    my @argv = @_;
    no warnings 'exec';
    exec { $argv[0] } @argv;
    return "$!\n";
}

sub deadline {
    my ($job, $millis) = @_;
    after($millis, sub { end_by_force($job, TIMED_OUT) if !defined $job->{status} });
}

sub end_by_force {
    my ($job, $how) = @_;
    $job->{how} = $how if $job->{how} == EXITED;
    kill 'KILL', -$job->{pid};
}

# Answers once the text was printed (on either stream, since now), the process ended, or the time is out.
sub await {
    my ($job, $id, $awaited, $millis) = @_;
    my $from = length $job->{printed};
    $from = 0 if $job->{new}++ == 0;
    my $wait = $job->{wait} = { id => $id, text => $awaited, from => $from };
    look($job);
    after($millis, sub { sighting($job, TIME_IS_OUT) if ($job->{wait} // 0) == $wait });
}

sub look {
    my ($job) = @_;
    my $wait = $job->{wait} or return;
    return sighting($job, SEEN) if index($job->{printed}, $wait->{text}, $wait->{from}) >= 0;
    sighting($job, ENDED) if defined $job->{status};
}

sub sighting {
    my ($job, $state) = @_;
    my $wait = delete $job->{wait};
    answer($wait->{id}, pack 'C N/a', $state, substr $job->{printed}, $wait->{from});
}

# Writes standard input as far as the command takes it, then closes it.
sub feed {
    my ($job) = @_;
    my $sent = length $job->{stdin} ? syswrite $job->{pipe}[0], $job->{stdin} : 0;
    return if !defined $sent && ($! == EAGAIN || $! == EINTR);
    substr $job->{stdin}, 0, $sent, '' if defined $sent;
    close delete $job->{pipe}[0] if !defined $sent || !length $job->{stdin};
}

# Reads what a command printed: once, or all there is.
sub drain {
    my ($job, $stream, $once) = @_;
    while (my $pipe = $job->{pipe}[$stream]) {
        my $got = sysread $pipe, my $bytes, CHUNK;
        return if !defined $got && ($! == EAGAIN || $! == EINTR);
        return $job->{pipe}[$stream] = undef unless $got;
        $job->{size} += $got;
        if ($job->{size} > $job->{limit}) {
            end_by_force($job, TOO_MUCH);
        } elsif ($job->{streams}) {
            send_frame(CHUNK_OF, $job->{id}, pack('C', $stream) . $bytes) if defined $job->{id};
        } else {
            $job->{text}[$stream] .= $bytes;
            $job->{printed} .= $bytes;
            look($job);
        }
        return if $once;
    }
}

sub reap {
    1 while sysread $wake_read, my $dots, 512;
    while ((my $pid = waitpid -1, POSIX::WNOHANG()) > 0) {
        my $status = $?;
        my $job = delete $jobs{$pid} or next;
        drain($job, $_, 0) for 1, 2;
        $job->{pipe} = [];
        $job->{status} = $status;
        $job->{duration} = monotonic() - $job->{started};
        look($job);
        finish($job) if defined $job->{id};
        $job->{gone}->() if $job->{gone};
    }
}

sub finish {
    my ($job) = @_;
    for my $stream (1, 2) {
        my $text = $job->{text}[$stream];
        while (length $text) {
            send_frame(CHUNK_OF, $job->{id}, pack('C', $stream) . substr $text, 0, CHUNK, '');
        }
    }
    my $signal = $job->{status} & 127;
    my $how = $job->{how} == EXITED && $signal ? SIGNALLED : $job->{how};
    answer($job->{id}, pack 'C N Q> Q>', $how, $signal || $job->{status} >> 8, $job->{began}, $job->{duration});
}

# Kills every command, closes every socket, and goes on with $then when the last child was reaped.
sub reset_all {
    my ($then) = @_;
    (%spawned, %sockets, @timers) = ();
    my @alive = values %jobs;
    my $left = @alive;
    return $then->() unless $left;
    for my $job (@alive) {
        delete @$job{qw(id wait)};
        $job->{gone} = sub { $then->() if --$left == 0 };
        kill 'KILL', -$job->{pid};
    }
}

sub leave {
    my ($why) = @_;
    print STDERR "agent: leaving: $why\n";
    kill 'KILL', map { -$_ } keys %jobs;
    flush_out();
    exit 0;
}

# --- packets ----------------------------------------------------------------------------------------------------------

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
            return after($micros / 1000, sub { inject_on($id, $entries, $sent) });
        }
        my $error = eval { emit(@packet); 1 } ? '' : $@;
        chomp $error;
        push @$sent, pack 'Q> N/a', realtime(), $error;
    }
    answer($id, pack('N', scalar @$sent) . join '', @$sent);
}

# Kinds: 0 Ethernet frame, 4 IPv4 packet, 6 IPv6 packet. A full queue is an error of the entry, never a wait.
sub emit {
    my ($kind, $netns, $device, $bytes) = @_;
    my $socket = $sockets{"$kind $netns"} //= in_netns($netns, sub { injector($kind) });
    my $to;
    if ($kind == 0) {
        my $request = pack 'Z16 x24', $device;
        ioctl $socket, 0x8933, $request or die "no device '$device': $!\n";    # SIOCGIFINDEX
        # struct sockaddr_ll; the protocol only steers taps, and is the frame's own EtherType
        $to = pack 'S a2 l S C C a8', 17, substr($bytes . "\0" x 14, 12, 2), unpack('x16 l', $request), 0, 0, 6,
            substr $bytes, 0, 6;
    } else {
        setsockopt $socket, SOL_SOCKET, 25, pack 'Z16', $device or die "no device '$device': $!\n";   # SO_BINDTODEVICE
        my $destination = $kind == 4 ? unpack 'x16 a4', $bytes . "\0" x 20 : unpack 'x24 a16', $bytes . "\0" x 40;
        $to = $kind == 4 ? pack_sockaddr_in(0, $destination) : pack_sockaddr_in6(0, $destination);
    }
    defined send $socket, $bytes, MSG_DONTWAIT, $to or die "$!\n";
}

sub injector {
    my ($kind) = @_;
    my $socket;
    if ($kind == 0) {
        socket $socket, 17, SOCK_RAW, 0 or die "packet socket: $!\n";    # AF_PACKET, protocol 0: it receives nothing
    } elsif ($kind == 4) {
        socket $socket, AF_INET, SOCK_RAW, 255 or die "raw socket: $!\n";    # IPPROTO_RAW implies IP_HDRINCL
        setsockopt $socket, SOL_SOCKET, 6, pack 'i', 1 or die "SO_BROADCAST: $!\n";
    } elsif ($kind == 6) {
        socket $socket, AF_INET6, SOCK_RAW, 255 or die "raw socket: $!\n";
        setsockopt $socket, IPPROTO_IPV6, 36, pack 'i', 1 or die "IPV6_HDRINCL: $!\n";
    } else {
        die "unknown kind of packet $kind\n";
    }
    setsockopt $socket, SOL_SOCKET, SO_SNDBUF, pack 'i', 4_194_304 or die "SO_SNDBUF: $!\n";
    return $socket;
}

# --- state ------------------------------------------------------------------------------------------------------------

sub counters {
    my ($id, $payload) = @_;
    answer($id, join '', map { counters_of($_) } unpack 'N/(N/a)', $payload);
}

sub counters_of {
    my ($netns) = @_;
    return in_netns($netns, sub {
        my @files = grep { -e "/proc/self/net/$_" } qw(snmp netstat snmp6 xfrm_stat);
        my $texts = pack '(N/a N/a)*', map { ($_, slurp("/proc/self/net/$_")) } @files;
        pack('Q> N/a N', realtime(), link_statistics(), scalar @files) . $texts;
    });
}

# One line a link: its name and the fields of struct rtnl_link_stats64, in the kernel's order (RTM_GETLINK dump).
sub link_statistics {
    socket my $netlink, 16, SOCK_RAW, 0 or die "netlink socket: $!\n";
    defined send $netlink, pack('L S S L L x16', 32, 18, 0x301, 1, 0), 0 or die "netlink: $!\n";
    my $lines = '';
    while (1) {
        defined recv $netlink, my $messages, 262_144, 0 or die "netlink: $!\n";
        while (length $messages >= 16) {
            my ($length, $type) = unpack 'L S', $messages;
            return $lines if $type == 3;
            die "netlink: refused the dump of links\n" if $type == 2;
            my $attributes = substr substr($messages, 0, ($length + 3) & ~3, ''), 32, $length - 32;
            my ($name, @statistics);
            while (length $attributes >= 4) {
                my ($size, $kind) = unpack 'S S', $attributes;
                my $value = substr substr($attributes, 0, ($size + 3) & ~3, ''), 4, $size - 4;
                $name = unpack 'Z*', $value if $kind == 3;
                @statistics = unpack 'Q*', $value if $kind == 23;
            }
            $lines .= "$name @statistics\n";
        }
    }
}

sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or die "cannot read '$path': $!\n";
    local $/;
    return scalar <$file>;
}

sub kernel_log {
    my ($id, $payload) = @_;
    my $next = unpack 'Q>', $payload;
    sysopen my $kmsg, '/dev/kmsg', O_RDONLY | O_NONBLOCK or die "cannot read '/dev/kmsg': $!\n";
    my @records;
    while (1) {
        my $got = sysread $kmsg, my $record, 8192;
        next if !defined $got && ($! == EINTR || $! == POSIX::EPIPE());    # EPIPE: overwritten meanwhile, read on
        last if !$got;
        my (undef, $sequence) = split /,/, $record, 3;
        next if $sequence < $next;
        push @records, $record;
        $next = $sequence + 1;
    }
    answer($id, pack 'Q> N (N/a)*', $next, scalar @records, @records);
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
        my $got = sysread $reader->{handle}, my $bytes, CHUNK;
        if (!defined $got) {
            refuse($reader->{id}, "read: $!");
        } elsif ($got) {
            $reader->{bytes} += $got;
            send_frame(CHUNK_OF, $reader->{id}, "\1$bytes");
            push @readers, $reader;
        } else {
            answer($reader->{id}, pack 'Q>', $reader->{bytes});
        }
    }
}

# --- system -----------------------------------------------------------------------------------------------------------

sub in_netns {
    my ($netns, $code) = @_;
    enter($netns);
    my @result = eval { $code->() };
    my $error = $@;
    if ($netns ne '') {
        syscall($SYSCALL->{setns}, fileno $own_net, 0x40000000) == 0 or leave("cannot return from '$netns': $!");
    }
    die $error if $error;
    return $result[0];
}

sub enter {
    my ($netns) = @_;
    return if $netns eq '';
    die "'$netns' is no name of a network namespace\n" unless $netns =~ /\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\z/;
    open my $file, '<', "/run/netns/$netns" or die "no network namespace '$netns': $!\n";
    syscall($SYSCALL->{setns}, fileno $file, 0x40000000) == 0 or die "cannot enter '$netns': $!\n";    # CLONE_NEWNET
}

sub realtime { return clock(0) }

sub monotonic { return clock(1) }

sub clock {
    my $timespec = "\0" x 16;
    syscall($SYSCALL->{clock_gettime}, $_[0], $timespec) == 0 or die "agent: clock_gettime: $!\n";
    my ($seconds, $nanos) = unpack 'q q', $timespec;
    return $seconds * 1_000_000_000 + $nanos;
}

sub unblock {
    my ($handle) = @_;
    my $flags = fcntl $handle, F_GETFL, 0 or die "fcntl: $!\n";
    fcntl $handle, F_SETFL, $flags | O_NONBLOCK or die "fcntl: $!\n";
}
