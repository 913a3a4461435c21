# Commands that the agent carries out itself, as a shell does its builtins: to start sysctl or ethtool costs far more than what
# it then does. What does not succeed is left to the program, which says why.
package Agent::Builtins;
use strict;
use warnings;
use Agent::System;
use Agent::Wire;
use Socket qw(AF_INET SOCK_DGRAM);

# include/uapi/linux/{sockios,ethtool}.h; ethtool -K sets the same features by these words.
use constant { SIOCETHTOOL => 0x8946 };
my %FEATURES = (tx => 0x17, sg => 0x19, tso => 0x1f, gso => 0x24, gro => 0x2c);    # ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO, _SGRO

# Answers and returns true, or does neither.
sub carries_out {
    my ($command) = @_;
    my ($program, $option, @rest) = @{ $command->{argv} };
    my $code = $program eq 'sysctl' && $option eq '-q' && shift @rest eq '-w' ? \&set_variables
        : $program eq 'ethtool' && $option eq '-K' ? \&switch_off
        : return 0;
    my ($began, $started) = (Agent::System::realtime(), Agent::System::monotonic());
    eval { Agent::System::in_netns($command->{netns}, sub { $code->(@rest) }); 1 } or return 0;
    # An ending as in agent.pl: exited with 0.
    Agent::Wire::answer($command->{id}, pack 'C N Q> Q>', 0, 0, $began, Agent::System::monotonic() - $started);
    return 1;
}

# Writes to the files of /proc/sys. The first separator of a name tells which of the two its author separates by.
sub set_variables {
    for my $setting (@_) {
        my ($name, $value) = $setting =~ m{\A([\w./-]+)=(.*)\z}s or die;
        $name =~ tr{./}{/.} if $name =~ m{\A[^/]*\.};
        open my $file, '>', "/proc/sys/$name" or die;
        defined syswrite $file, "$value\n" or die;
        close $file or die;
    }
}

sub switch_off {
    my ($device, @switches) = @_;
    socket my $socket, AF_INET, SOCK_DGRAM, 0 or die;
    while (my ($feature, $state) = splice @switches, 0, 2) {
        die unless $FEATURES{$feature} && ($state // '') eq 'off';
        # struct ifreq, and the struct ethtool_value that it points to
        my $value = pack 'L L', $FEATURES{$feature}, 0;
        my $request = pack 'a16 P x16', $device, $value;
        ioctl $socket, SIOCETHTOOL, $request or die;
    }
}

1;
