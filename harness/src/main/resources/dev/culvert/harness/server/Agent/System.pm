# What the agent needs of the kernel that perl-base has no module for.
package Agent::System;
use strict;
use warnings;
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use POSIX ();

use constant { PROT_READ => 1, PROT_WRITE => 2, MAP_SHARED => 1, MADV_DONTFORK => 10 };
use constant { CLONE_NEWNET => 0x40000000, PR_SET_CHILD_SUBREAPER => 36, SFD_NONBLOCK => 04000, SFD_CLOEXEC => 02000000 };

# perl-base has no syscall.ph; the numbers are those of arch/*/entry/syscalls.
my %NUMBERS = (
    x86_64  => { clock_gettime => 228, setns => 308, prctl => 157, signalfd4 => 289, read => 0, mmap => 9, munmap => 11, madvise => 28 },
    aarch64 => { clock_gettime => 113, setns => 268, prctl => 167, signalfd4 => 74, read => 63, mmap => 222, munmap => 215, madvise => 233 },
);
my $machine = (POSIX::uname())[4];
my $CALLS = $NUMBERS{$machine} or die "agent: no system call numbers for machine '$machine'\n";

open my $own_net, '<', '/proc/self/ns/net' or die "agent: cannot open its network namespace: $!\n";

# With the host's pid namespace the agent is not pid 1: as a subreaper it still inherits, and reaps, orphans.
sub become_subreaper {
    syscall($CALLS->{prctl}, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 or die "agent: cannot become a subreaper: $!\n";
}

# A handle that is readable when a child has ended. (A handler in Perl runs between two operations only: for a signal that comes just before
# select it runs when select has returned, which may be much later.)
sub ends_of_children {
    my $signals = POSIX::SigSet->new(POSIX::SIGCHLD());
    POSIX::sigprocmask(POSIX::SIG_BLOCK(), $signals) or die "agent: cannot block SIGCHLD: $!\n";
    my $mask = pack 'Q', 1 << POSIX::SIGCHLD() - 1;
    my $descriptor = syscall $CALLS->{signalfd4}, -1, $mask, length $mask, SFD_NONBLOCK | SFD_CLOEXEC;
    $descriptor >= 0 or die "agent: signalfd: $!\n";
    open my $handle, '<&=', $descriptor or die "agent: signalfd: $!\n";
    return $handle;
}

# Makes a child of the agent a process like others.
sub unblock_signals {
    POSIX::sigprocmask(POSIX::SIG_UNBLOCK(), POSIX::SigSet->new(POSIX::SIGCHLD()));
}

# Runs code in a network namespace: "" is the agent's own.
sub in_netns {
    my ($netns, $code) = @_;
    enter($netns);
    my @result = eval { $code->() };
    my $error = $@;
    if ($netns ne '') {
        syscall($CALLS->{setns}, fileno $own_net, CLONE_NEWNET) == 0 or abandon("cannot return from '$netns': $!");
    }
    die $error if $error;
    return $result[0];
}

# Changes the network namespace of this process.
sub enter {
    my ($netns) = @_;
    return if $netns eq '';
    die "'$netns' is no name of a network namespace\n" unless $netns =~ /\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\z/;
    open my $file, '<', "/run/netns/$netns" or die "no network namespace '$netns': $!\n";
    syscall($CALLS->{setns}, fileno $file, CLONE_NEWNET) == 0 or die "cannot enter '$netns': $!\n";
}

# Maps what a descriptor shares, for this process alone and not for those that it forks, and returns its address.
sub map_shared {
    my ($descriptor, $length) = @_;
    my $address = syscall $CALLS->{mmap}, 0, $length, PROT_READ | PROT_WRITE, MAP_SHARED, $descriptor, 0;
    die "mmap: $!\n" if $address == -1;
    syscall $CALLS->{madvise}, $address, $length, MADV_DONTFORK;
    return $address;
}

sub unmap { syscall $CALLS->{munmap}, $_[0], $_[1] }

# Reads from a file to an address, and returns how much.
sub read_to {
    my ($file, $address, $length) = @_;
    return syscall $CALLS->{read}, fileno $file, $address, $length;
}

# Nanoseconds since the epoch.
sub realtime { return clock(0) }

# Nanoseconds of a clock that nobody sets.
sub monotonic { return clock(1) }

sub clock {
    my $timespec = "\0" x 16;
    syscall($CALLS->{clock_gettime}, $_[0], $timespec) == 0 or die "agent: clock_gettime: $!\n";
    my ($seconds, $nanos) = unpack 'q q', $timespec;
    return $seconds * 1_000_000_000 + $nanos;
}

sub unblock {
    my ($handle) = @_;
    my $flags = fcntl $handle, F_GETFL, 0 or die "fcntl: $!\n";
    fcntl $handle, F_SETFL, $flags | O_NONBLOCK or die "fcntl: $!\n";
}

# Ends an agent that cannot go on.
sub abandon {
    print STDERR "agent: $_[0]\n";
    POSIX::_exit(1);
}

1;
