# What is to be done at a later time.
package Agent::Timers;
use strict;
use warnings;
use Agent::System;

my @timers;    # [monotonic time, code], the first that is due first

sub after {
    my ($millis, $code) = @_;
    at(Agent::System::monotonic() + $millis * 1e6, $code);
}

sub at {
    my ($due, $code) = @_;
    my $behind = @timers;
    $behind-- while $behind > 0 && $timers[$behind - 1][0] > $due;
    splice @timers, $behind, 0, [$due, $code];
}

sub run_due {
    my ($now) = @_;
    my @due;
    push @due, shift @timers while @timers && $timers[0][0] <= $now;
    $_->[1]->() for @due;
}

# The monotonic time at which something is to be done next; undefined if nothing is.
sub next_due { return @timers ? $timers[0][0] : undef }

sub clear { @timers = () }

1;
