# The commands that run, in the foreground of a request or in the background.
package Agent::Jobs;
use strict;
use warnings;
use Agent::System;
use Agent::Timers;
use Agent::Wire;
use Errno qw(EAGAIN EINTR);
use POSIX ();

use constant {
    PIECE => 65_536, SPAWNED_OUTPUT_LIMIT => 16_777_216,
    EXITED => 0, SIGNALLED => 1, TIMED_OUT => 2, TOO_MUCH => 3,
    SEEN => 0, TIME_IS_OUT => 1, ENDED => 2,
};

my %jobs;       # by pid: what runs
my %spawned;    # by key: the spawned ones among them, also after their end
my $ends = Agent::System::ends_of_children();

# select's bit vectors: all that commands print, that part of it which goes to no client and the ends of commands, and who is to be given input.
my ($output, $own_output, $input) = ('', '', '');
my $changed = 1;    # whether they are to be made anew

# Marks in select's bit vectors what the commands are waited for.
sub watch {
    my ($read, $write) = @_;
    look_who() if $changed;
    $$read |= Agent::Wire::has_room() ? $output : $own_output;
    $$write |= $input;
}

# Makes the bit vectors anew.
sub look_who {
    ($output, $own_output, $input, $changed) = ('', '', '', 0);
    vec($own_output, fileno $ends, 1) = 1;
    for my $job (values %jobs) {
        for my $pipe (grep { defined } @{ $job->{pipe} }[1, 2]) {
            vec($own_output, fileno $pipe, 1) = 1 if !$job->{streams};
            vec($output, fileno $pipe, 1) = 1;
        }
        vec($input, fileno $job->{pipe}[0], 1) = 1 if $job->{pipe}[0];
    }
    $output |= $own_output;
}

# Serves what select found ready.
sub attend {
    my ($read, $write) = @_;
    reap() if vec $read, fileno $ends, 1;
    return unless (($read & $output) | ($write & $input)) =~ /[^\0]/;
    for my $job (values %jobs) {
        feed($job) if $job->{pipe}[0] && vec $write, fileno $job->{pipe}[0], 1;
        for my $stream (1, 2) {
            drain($job, $stream, 1) if $job->{pipe}[$stream] && vec $read, fileno $job->{pipe}[$stream], 1;
        }
    }
}

# Runs a command: { id, millis, limit, netns, stdin, argv }.
sub run {
    my ($command) = @_;
    my $job = start($command->{netns}, @{ $command->{argv} });
    @$job{qw(id streams stdin limit)} = ($command->{id}, 1, @$command{qw(stdin limit)});
    feed($job);
    deadline($job, $command->{millis});
    return $job;
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
        # INT too: who starts the agent in the background may have had it ignored, and captures are ended by it.
        $SIG{$_} = 'DEFAULT' for qw(CHLD INT PIPE TERM);
        Agent::System::unblock_signals();
        POSIX::setpgid(0, 0);
        POSIX::dup2(fileno $theirs[$_], $_) for 0 .. 2;
        # Only the network namespace changes, not /sys as in `ip netns exec`: no command here reads sysfs.
        my $why = eval { Agent::System::enter($netns); 1 } ? execute(@argv) : $@;
        syswrite STDERR, "agent: cannot run '$argv[0]': $why";
        POSIX::_exit(127);
    }
    POSIX::setpgid($pid, $pid);
    Agent::System::unblock($_) for @ours;
    $changed = 1;
    my ($began, $started) = (Agent::System::realtime(), Agent::System::monotonic());
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
    Agent::Timers::after($millis, sub { end_by_force($job, TIMED_OUT) if !defined $job->{status} });
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
    Agent::Timers::after($millis, sub { sighting($job, TIME_IS_OUT) if ($job->{wait} // 0) == $wait });
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
    Agent::Wire::answer($wait->{id}, pack 'C N/a', $state, substr $job->{printed}, $wait->{from});
}

# Writes standard input as far as the command takes it, then closes it.
sub feed {
    my ($job) = @_;
    my $sent = length $job->{stdin} ? syswrite $job->{pipe}[0], $job->{stdin} : 0;
    return if !defined $sent && ($! == EAGAIN || $! == EINTR);
    substr $job->{stdin}, 0, $sent, '' if defined $sent;
    return if defined $sent && length $job->{stdin};
    $changed = 1;
    close delete $job->{pipe}[0];
}

# Reads what a command printed: once, or all there is.
sub drain {
    my ($job, $stream, $once) = @_;
    while (my $pipe = $job->{pipe}[$stream]) {
        my $got = sysread $pipe, my $bytes, PIECE;
        return if !defined $got && ($! == EAGAIN || $! == EINTR);
        return close_output($job, $stream) unless $got;
        $job->{size} += $got;
        if ($job->{size} > $job->{limit}) {
            end_by_force($job, TOO_MUCH);
        } elsif ($job->{heard}) {
            $job->{heard}->($stream, $bytes);
        } elsif ($job->{streams}) {
            Agent::Wire::chunk($job->{id}, $stream, $bytes) if defined $job->{id};
        } else {
            $job->{text}[$stream] .= $bytes;
            $job->{printed} .= $bytes;
            look($job);
        }
        return if $once;
    }
}

sub close_output {
    my ($job, $stream) = @_;
    $changed = 1;
    $job->{pipe}[$stream] = undef;
}

sub reap {
    1 while sysread $ends, my $signals, 512;
    while ((my $pid = waitpid -1, POSIX::WNOHANG()) > 0) {
        my $status = $?;
        my $job = delete $jobs{$pid} or next;
        drain($job, $_, 0) for 1, 2;
        $job->{pipe} = [];
        $changed = 1;
        $job->{status} = $status;
        $job->{duration} = Agent::System::monotonic() - $job->{started};
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
            Agent::Wire::chunk($job->{id}, $stream, substr $text, 0, PIECE, '');
        }
    }
    my $signal = $job->{status} & 127;
    my $how = $job->{how} == EXITED && $signal ? SIGNALLED : $job->{how};
    Agent::Wire::answer($job->{id}, pack 'C N Q> Q>', $how, $signal || $job->{status} >> 8, $job->{began}, $job->{duration});
}

# Kills every command and goes on with $then when the last child was reaped.
sub end_all {
    my ($then) = @_;
    %spawned = ();
    my @alive = values %jobs;
    my $left = @alive;
    return $then->() unless $left;
    for my $job (@alive) {
        delete @$job{qw(id wait heard)};
        $job->{gone} = sub { $then->() if --$left == 0 };
        kill 'KILL', -$job->{pid};
    }
}

# Kills every command and waits for none.
sub abandon_all { kill 'KILL', map { -$_ } keys %jobs }

1;
