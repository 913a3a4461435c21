# A virtio-serial port in place of standard input and output. It outlives its clients: without one it reads as ended, until the next comes.
package Agent::Port;
use strict;
use warnings;
use Agent::Timers;
use Fcntl qw(O_RDWR);

use constant { PORTS => '/sys/class/virtio-ports', MILLIS_BETWEEN_LOOKS => 50 };

my $used;        # whether there is a port
my $deserted;    # whether nobody was at the other end when last looked at

# Opens the port of that name as standard input and output. The engine gets nothing to read any more, so last words go to the kernel's log.
sub become_standard {
    my ($name) = @_;
    my ($device) = grep { name_of($_) eq $name } map { m{([^/]+)\z} } glob PORTS . '/*';
    defined $device or die "agent: no virtio-serial port is named '$name'\n";
    sysopen my $port, "/dev/$device", O_RDWR or die "agent: cannot open '/dev/$device': $!\n";
    open STDIN, '<&', $port or die "agent: standard input: $!\n";
    open STDOUT, '>&', $port or die "agent: standard output: $!\n";
    open STDERR, '>', '/dev/kmsg' or die "agent: standard error: $!\n";
    $used = 1;
}

sub name_of {
    my ($device) = @_;
    open my $file, '<', PORTS . "/$device/name" or return '';
    chomp(my $name = <$file> // '');
    return $name;
}

sub is_deserted { return $deserted }

# Looks for a client again in a while; false where there is no port and nobody will come.
sub desert {
    return 0 unless $used;
    $deserted = 1;
    Agent::Timers::after(MILLIS_BETWEEN_LOOKS, sub { $deserted = 0 });
    return 1;
}

1;
