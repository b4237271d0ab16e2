# A walk that speaks the protocol. The first argument says what is wrong with it.
use strict;
use warnings;
use IO::Select;
use IO::Socket::UNIX;
use JSON::PP;

my $flaw = shift // '';
my $socket = IO::Socket::UNIX->new(Peer => $ENV{CLADE_SOCKET}) or die "no socket: $!";
$socket->autoflush(1);
my $select = IO::Select->new($socket);
my $json = JSON::PP->new->canonical;
my ($x, $rate, $pending) = (0, 0, '');

sub say_ { my ($message) = @_; print $socket $json->encode($message), "\n" }

sub hear {
    while ($pending !~ /\n/) { sysread($socket, $pending, 65536, length $pending) or return; }
    $pending =~ s/^(.*)\n//;
    return $json->decode($1);
}

say_({type => 'hello', protocol => [1], token => $ENV{CLADE_TOKEN}, program => 'walk 1.0', capabilities => [], lanes => 1});
hear();
my $first = 1;
while (my $request = hear()) {
    my $type = $request->{type};
    if ($type eq 'begin') {
        my $asked = $request->{hyperparameters}{rate};
        if ($request->{origin} eq 'fresh') {
            $x = $request->{seed} / 2**53 unless $flaw eq 'goes on' && !$first;
            $rate = $asked;
        } elsif ($request->{origin} ne 'keep') {
            open(my $file, '<', "$request->{folder}/walk") or die "no walk: $!";
            chomp(my @lines = <$file>);
            $x = 0 + $lines[0];
            $rate = $flaw eq 'keeps rate' || $flaw eq 'lies' ? 0 + $lines[1] : $asked;
        } else {
            $rate = $asked;
        }
        $first = 0;
        say_({type => 'applied', lane => 0, hyperparameters => {rate => $flaw eq 'lies' ? $asked : $rate}});
    } elsif ($type eq 'train') {
        sleep 1000 if $flaw eq 'hangs';
        die "no more data\n" if $flaw eq 'dies';
        my $done = 0;
        while (!defined $request->{steps} || $done < $request->{steps}) {
            if ($pending =~ /\n/ || $select->can_read(0)) { last if hear()->{type} eq 'stop' }
            $x += $rate;
            $done++;
            say_({type => 'report', lane => 0, step => $request->{step} + $done});
            select(undef, undef, undef, 0.0005);
        }
        say_({type => 'trained', lane => 0, steps => $done});
    } elsif ($type eq 'evaluate') {
        say_({type => 'evaluated', lane => 0, metrics => {x => 0 + $x}});
    } elsif ($type eq 'save') {
        open(my $file, '>', "$request->{folder}/walk");
        printf $file "%.17g\n%.17g\n", $x, $rate;
        close $file;
        say_({type => 'saved', lane => 0});
    } elsif ($type eq 'end') {
        exit 0;
    }
}
