# The frames on standard input and output; agent.pl has their table.
package Agent::Wire;
use strict;
use warnings;
use Agent::System;
use Errno qw(EAGAIN EINTR);

use constant {
    MAGIC => 0xC7, LONGEST => 131_072, PIECE => 65_536, HIGH_WATER => 1_048_576,
    RESULT => 101, CHUNK => 102, ERROR => 103,
};

my ($in, $out) = ('', '');

# Whether more may be produced: the client takes what there is.
sub has_room { return length $out < HIGH_WATER }

sub is_waiting { return length $out > 0 }

# Forgets what an earlier client did not take.
sub forget { $out = '' }

# Reads what has come and serves every whole frame; false at the end of standard input.
sub take_in {
    my ($serve) = @_;
    my $got = sysread STDIN, $in, PIECE, length $in;
    return 1 if !defined $got && ($! == EAGAIN || $! == EINTR);
    return 0 unless $got;
    while (1) {
        $in =~ s/\A[^\xC7]+//;
        return 1 if length $in < 10;
        my ($length, $type, $id) = unpack 'x N C N', $in;
        if ($length < 5 || $length > LONGEST) {
            substr $in, 0, 1, '';
            next;
        }
        return 1 if length $in < 5 + $length;
        my $payload = substr substr($in, 0, 5 + $length, ''), 10;
        eval { $serve->($type, $id, $payload); 1 } or refuse($id, $@);
    }
}

sub send_frame {
    my ($type, $id, $payload) = @_;
    $out .= pack('C N C N', MAGIC, 5 + length $payload, $type, $id) . $payload;
    flush_out();
}

sub chunk { send_frame(CHUNK, $_[0], pack('C', $_[1]) . $_[2]) }

sub answer { send_frame(RESULT, $_[0], $_[1]) }

sub refuse {
    my ($id, $why) = @_;
    chomp $why;
    send_frame(ERROR, $id, $why);
}

sub flush_out {
    while (length $out) {
        my $sent = syswrite STDOUT, $out, PIECE;
        if (!defined $sent) {
            return if $! == EAGAIN;
            next if $! == EINTR;
            Agent::System::abandon("standard output: $!");
        }
        substr $out, 0, $sent, '';
    }
}

1;
