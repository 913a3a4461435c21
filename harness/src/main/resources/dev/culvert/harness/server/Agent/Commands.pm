# Who carries a command out: a process of its own, unless starting that can be spared.
package Agent::Commands;
use strict;
use warnings;
use Agent::Builtins;
use Agent::Iproute;
use Agent::Jobs;

sub run {
    my ($id, $payload) = @_;
    my %command = (id => $id);
    (@command{qw(millis limit netns stdin)}, my @argv) = unpack 'N Q> N/a N/a N/(N/a)', $payload;
    die "no command given\n" unless @argv;
    $command{argv} = \@argv;
    return Agent::Iproute::run(\%command) if $argv[0] =~ m{(?:\A|/)ip\z};
    Agent::Builtins::carries_out(\%command) or Agent::Jobs::run(\%command);
}

1;
