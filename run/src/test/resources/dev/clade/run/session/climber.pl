# A climber that speaks the protocol: its model is one number, which grows by x a step.
# The first argument says how it misbehaves, once: a file of the second one's name tells that it has.
use strict;
use warnings;
use IO::Select;
use IO::Socket::UNIX;
use JSON::PP;

$| = 1;
my ($fault, $once) = @ARGV;
$fault = '' if $fault ne '' && -e $once;
open(my $mark, '>', $once) if $fault ne '';

sub now { my ($when) = @_; return $fault eq $when }

exit 3 if now('exits early');
my $socket = IO::Socket::UNIX->new(Peer => $ENV{CLADE_SOCKET}) or die "no socket: $!";
$socket->autoflush(1);
my $select = IO::Select->new($socket);
my $json = JSON::PP->new->canonical;
my ($x, $height) = (0, 0);

sub say_ { my ($message) = @_; print $socket $json->encode($message), "\n" }

if (now('wrong token')) {
    my $other = IO::Socket::UNIX->new(Peer => $ENV{CLADE_SOCKET});
    print $other $json->encode({type => 'hello', protocol => [1], token => 'x', program => 'other', capabilities => [], lanes => 1}), "\n";
    my $answer = <$other>;
    print STDERR $answer;
}
my $version = now('old version') ? 0 : 1;
say_({type => 'hello', protocol => [$version], token => $ENV{CLADE_TOKEN}, program => 'climber', capabilities => ['midway'], lanes => 1});

# The socket is read without a buffer of perl's, so that select tells the truth.
my $pending = '';

sub hear {
    while ($pending !~ /\n/) { sysread($socket, $pending, 65536, length $pending) or return; }
    $pending =~ s/^(.*)\n//;
    return $json->decode($1);
}

sub stopped {
    return 0 unless $pending =~ /\n/ || $select->can_read(0);
    my $message = hear() or exit 0;
    return $message->{type} eq 'stop';
}

sub misbehave {
    if (now('garbage')) { binmode STDOUT; print STDOUT map { chr(($_ * 7919) % 256) } 1 .. 100_000 }
    if (now('flood')) { print STDERR 'e' x 65536 for 1 .. 512 }
    if (now('hangs')) { sleep 1000 }
    if (now('exits 0')) { exit 0 }
    if (now('exits 1')) { print STDERR "ValueError: no more data\n"; exit 1 }
    if (now('killed')) { kill 'KILL', $$; sleep 1 }
    if (now('forks')) {
        my $child = fork();
        if ($child == 0) { sleep 1000; exit 0 }
        open(my $file, '>', "$once.child"); print $file $child; close $file;
        exit 0;
    }
    if (now('long line')) { my $part = 'x' x 1_048_576; for (1 .. 1024) { print $socket $part or last } sleep 1000 }
    if (now('unknown')) { say_({type => 'banana', lane => 0}); sleep 1000 }
    if (now('no json')) { print $socket "loss: 0.3\n"; sleep 1000 }
    if (now('step falls')) { say_({type => 'report', lane => 0, step => 0}) }
    if (now('beyond')) { say_({type => 'report', lane => 0, step => 1e9}) }
}

hear(); # the welcome
while (my $request = hear()) {
    my $type = $request->{type};
    if ($type eq 'begin') {
        if ($request->{origin} eq 'fresh') { $height = 0 }
        elsif ($request->{origin} ne 'keep') {
            open(my $file, '<', "$request->{folder}/height") or die "no height: $!";
            $height = 0 + <$file>;
        }
        $x = $request->{hyperparameters}{x};
        srand($request->{seed});
        print "begins\n";
        say_({type => 'applied', lane => 0, hyperparameters => {x => $x}});
    } elsif ($type eq 'train') {
        my $done = 0;
        while (!defined $request->{steps} || $done < $request->{steps}) {
            if (now('dawdles')) { sleep 1; $fault = ''; last if stopped() }
            last if $done && stopped();
            $height += $x + 0.1 * rand();
            $done++;
            say_({type => 'report', lane => 0, step => $request->{step} + $done, metrics => {height => $height}});
            misbehave() if $done == 3;
            last if $ENV{ENDS_EARLY} && $done == $ENV{ENDS_EARLY};
        }
        say_({type => 'trained', lane => 0, steps => $done});
    } elsif ($type eq 'evaluate') {
        say_({type => 'evaluated', lane => 0, metrics => {q => $height}});
    } elsif ($type eq 'save') {
        open(my $file, '>', "$request->{folder}/height");
        printf $file "%.17g", $height;
        close $file;
        say_({type => 'saved', lane => 0});
    } elsif ($type eq 'end') {
        exit 0;
    }
}
