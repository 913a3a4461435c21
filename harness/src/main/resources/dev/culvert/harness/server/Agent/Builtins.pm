# Commands that the agent carries out itself, as a shell does its builtins: to start a program costs far more than what these then do. What
# does not succeed is left to the program, which says why.
package Agent::Builtins;
use strict;
use warnings;
use Agent::System;
use Agent::Wire;
use POSIX ();
use Socket qw(AF_INET SOCK_DGRAM);

# include/uapi/linux/{sockios,ethtool}.h; ethtool -K sets the same features by these words.
use constant { SIOCETHTOOL => 0x8946, MOST_PRINTED => 65_536 };
my %FEATURES = (tx => 0x17, sg => 0x19, tso => 0x1f, gso => 0x24, gro => 0x2c);    # ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO, _SGRO

# What is carried out, by the words that it begins with.
my %BUILTINS = (
    'cat' => \&contents, 'ethtool -K' => \&switch_off, 'sysctl -q -w' => \&set_variables, 'uname -r -v -m' => \&names_of_kernel,
);

# Answers and returns true, or does neither.
sub carries_out {
    my ($command) = @_;
    my @words = @{ $command->{argv} };
    my $begins = shift @words;
    $begins .= ' ' . shift @words while @words && $words[0] =~ /\A-/;
    my $code = $BUILTINS{$begins} or return 0;
    return 0 if length $command->{stdin};
    my ($began, $started) = (Agent::System::realtime(), Agent::System::monotonic());
    my $printed = eval { Agent::System::in_netns($command->{netns}, sub { $code->(@words) }) };
    return 0 unless defined $printed && length $printed <= MOST_PRINTED;
    Agent::Wire::chunk($command->{id}, 1, $printed) if length $printed;
    # An ending as in agent.pl: exited with 0.
    Agent::Wire::answer($command->{id}, pack 'C N Q> Q>', 0, 0, $began, Agent::System::monotonic() - $started);
    return 1;
}

sub names_of_kernel {
    die if @_;
    my (undef, undef, $release, $version, $machine) = POSIX::uname();
    return "$release $version $machine\n";
}

sub contents {
    my ($path, @more) = @_;
    die if @more || !defined $path || $path !~ m{\A/proc/};
    open my $file, '<', $path or die;
    my $text = '';
    while (my $got = sysread $file, $text, 8192, length $text) { die if length $text > MOST_PRINTED }
    return $text;
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
    return '';
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
    return '';
}

1;
