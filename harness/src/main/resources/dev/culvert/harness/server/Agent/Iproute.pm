# Processes of ip that are kept and told one command after another: to start one costs far more than what it does then.
#
# Each is an `ip -force -batch -`. A line that no version of ip knows follows each command; what ip says of it tells that the
# command is done, and whether it went well. One that did not is carried out once more by a process of its own, which tells its
# status; its first attempt changed nothing.
package Agent::Iproute;
use strict;
use warnings;
use Agent::Jobs;
use Agent::System;
use Agent::Timers;
use Agent::Wire;

use constant { MARK => 'culvert-asks-for-the-end' };

# Objects whose commands change neither the process that carries them out nor its network namespace, and those of their
# commands that read what follows or never end.
my %OBJECTS = map { $_ => 1 } qw(addr address fou link neigh route rule tunnel xfrm);
my %OTHER = map { $_ => 1 } qw(help monitor restore save showdump);

# What lists, and those objects whose lists one process can make one after the other: of others it remembers what was asked for before.
my %LISTING = map { $_ => 1 } qw(get list lst ls show);
my %LISTED = map { $_ => 1 } qw(addr address link neigh route);

my %kept;       # by netns, program, options and whether it lists: { key, netns, job, stdin, lines, lists, listed, command, text, old }
my %waiting;    # by netns: the commands in their order; the first is being carried out
my %made;       # the names of the links that were made

# Carries a command out when those before it in its network namespace are done.
sub run {
    my ($command) = @_;
    my $queue = $waiting{ $command->{netns} } //= [];
    push @$queue, $command;
    begin($command) if @$queue == 1;
}

# Forgets everything that is being done; that the processes end is another's work.
sub clear {
    %kept = %waiting = %made = ();
}

# Ends the processes, which remember what links there were: all of them, or those of one network namespace.
sub forget {
    my ($netns) = @_;
    let_go($_) for grep { !defined $netns || $_->{netns} eq $netns } values %kept;
}

sub let_go {
    my ($process) = @_;
    delete $kept{ $process->{key} };
    return $process->{old} = 1 if $process->{command};
    Agent::Jobs::end_by_force($process->{job}, Agent::Jobs::EXITED());
}

sub begin {
    my ($command) = @_;
    my ($options, @words) = words_of($command);
    forget($words[2]) if @words > 2 && "@words[0, 1]" eq 'netns del';
    my $plain = defined $options && is_plain(@words);
    attempt($command, sub { $plain ? hand_over($command, $options, @words) : alone($command) });
}

sub attempt {
    my ($command, $code) = @_;
    return if eval { $code->(); 1 };
    Agent::Wire::refuse($command->{id}, $@);
    next_after($command);
}

# The options, as one text, and the words behind them; the text is undefined when an option is none of those that every process can have.
sub words_of {
    my ($command) = @_;
    my (undef, @words) = @{ $command->{argv} };
    my @options;
    push @options, shift @words while @words && $words[0] =~ /\A-/;
    return ((grep { !/\A-[46djos]\z/ } @options) || length $command->{stdin} ? undef : "@options", @words);
}

# Whether words are one command on a line of a batch, which knows quotes, comments and continued lines (makeargs() in lib/utils.c of iproute2).
sub is_plain {
    my (@words) = @_;
    return 0 if !@words || !$OBJECTS{ $words[0] } || is_listing(@words) && !$LISTED{ $words[0] };
    return !grep { $OTHER{$_} || !m{\A[\w.:/\@%+,=-]+\z} } @words;
}

sub is_listing {
    my ($object, @rest) = @_;
    shift @rest if $object eq 'xfrm';
    return !@rest || $LISTING{ $rest[0] };
}

sub hand_over {
    my ($command, $options, @words) = @_;
    forget() if names_anew(@words);
    my $program = $command->{argv}[0];
    my $key = "$command->{netns} $program $options" . (is_listing(@words) ? ' lists' : '');
    # Once it has listed links it lists no addresses any more (ipaddr_list_link() in ip/ipaddress.c of iproute2).
    let_go($kept{$key}) if $kept{$key} && $kept{$key}{listed} eq 'link' && $words[0] =~ /\Aaddr/;
    my $process = $kept{$key} //= started($key, $command->{netns}, $program, split / /, $options);
    $process->{listed} = 'link' if $process->{lists} && $words[0] eq 'link';
    my $job = $process->{job};
    @$job{qw(size limit)} = (0, $command->{limit});
    @$command{qw(began started)} = (Agent::System::realtime(), Agent::System::monotonic());
    $process->{command} = $command;
    $process->{text} = ['', '', ''];
    $process->{lines} += 2;
    my $lines = "@words\n" . MARK . "\n";
    # It waits for it: the pipe is empty. Should it have ended, that is told when it is reaped.
    syswrite $process->{stdin}, $lines;
    Agent::Timers::after($command->{millis}, sub {
        Agent::Jobs::end_by_force($job, Agent::Jobs::TIMED_OUT()) if ($process->{command} // 0) == $command;
    });
}

# Whether a command gives a name to a link that another had before, or may have had: ip remembers whose a name was.
sub names_anew {
    my ($object, $what, @rest) = @_;
    return 0 if $object ne 'link' && $object ne 'tunnel' || is_listing(@_);
    return scalar grep { $_ eq 'name' || $_ eq 'netns' } @rest if $what !~ /\A(?:add|replace)\z/;
    my @names = map { $rest[$_] } grep { $_ == 0 || $rest[$_ - 1] eq 'name' } 0 .. $#rest;
    return scalar grep { $made{$_}++ } @names;
}

sub started {
    my ($key, $netns, $program, @options) = @_;
    my $job = Agent::Jobs::start($netns, $program, @options, '-force', '-batch', '-');
    my $process = { key => $key, netns => $netns, job => $job, stdin => $job->{pipe}[0], lines => 0, lists => scalar $key =~ / lists\z/, listed => '' };
    $job->{pipe}[0] = undef;
    $job->{heard} = sub { hear($process, @_) };
    $job->{gone} = sub { ended($process) };
    return $process;
}

sub hear {
    my ($process, $stream, $bytes) = @_;
    my $command = $process->{command} or return;
    my $text = $process->{text};
    $text->[$stream] .= $bytes;
    return unless $stream == 2 && $text->[2] =~ s/[^\n]*\nCommand failed -:$process->{lines}\n\z//;
    # What it printed was flushed before.
    Agent::Jobs::drain($process->{job}, 1, 0);
    delete $process->{command};
    my $failed = $text->[2] =~ /^Command failed -:\d+$/m;
    # What it was about to print may lie about in one that lists.
    let_go($process) if $process->{old} || $failed && $process->{lists};
    $failed ? attempt($command, sub { alone($command) }) : answer($command, $process, 0);
}

# Some words end the process too; by itself the command tells its status once more.
sub ended {
    my ($process) = @_;
    delete $kept{ $process->{key} } if ($kept{ $process->{key} } // 0) == $process;
    my $command = delete $process->{command} or return;
    my $job = $process->{job};
    $job->{how} == Agent::Jobs::EXITED() && !($job->{status} & 127)
        ? attempt($command, sub { alone($command) })
        : answer($command, $process, $job->{status});
}

sub answer {
    my ($command, $process, $status) = @_;
    Agent::Jobs::finish({ %$command, text => $process->{text}, how => $process->{job}{how}, status => $status,
        duration => Agent::System::monotonic() - $command->{started} });
    next_after($command);
}

sub alone {
    my ($command) = @_;
    Agent::Jobs::run($command)->{gone} = sub { next_after($command) };
}

sub next_after {
    my ($command) = @_;
    my $queue = $waiting{ $command->{netns} } or return;
    shift @$queue;
    @$queue ? begin($queue->[0]) : delete $waiting{ $command->{netns} };
}

1;
