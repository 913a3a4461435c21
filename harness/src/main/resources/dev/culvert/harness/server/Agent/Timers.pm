# What is to be done at a later time.
package Agent::Timers;
use strict;
use warnings;
use Agent::System;

my @timers;    # [monotonic time, code]

sub after {
    my ($millis, $code) = @_;
    push @timers, [Agent::System::monotonic() + $millis * 1e6, $code];
}

sub run_due {
    my $now = Agent::System::monotonic();
    my @due = grep { $_->[0] <= $now } @timers or return;
    @timers = grep { $_->[0] > $now } @timers;
    $_->[1]->() for sort { $a->[0] <=> $b->[0] } @due;
}

# The monotonic times at which something is to be done.
sub times_due { return map { $_->[0] } @timers }

sub clear { @timers = () }

1;
