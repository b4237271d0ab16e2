#!/usr/bin/perl
# A whole client of docs/protocol.md, in core Perl: twenty weights go down a parabola whose slope is noisy.
use strict; use warnings; use IO::Select; use IO::Socket::UNIX; use JSON::PP;

my $line = IO::Socket::UNIX->new(Peer => $ENV{CLADE_SOCKET} // '') or die "start me by: clade run session.yaml\n";
my ($received, $lr, @x) = ('');
sub gauss { sqrt(-2 * log(1 - rand)) * cos(6.2831853 * rand) }
sub say_to { print $line encode_json({@_}), "\n"; $line->flush }
sub message {                                   # the next one, or none yet; ends with Clade
    my $wait = shift;
    while (index($received, "\n") < 0) {
        return unless $wait or IO::Select->new($line)->can_read(0);
        sysread $line, $received, 65536, length $received or exit;
    }
    return decode_json(substr $received, 0, 1 + index($received, "\n"), '');
}
say_to(type => 'hello', protocol => [1], token => $ENV{CLADE_TOKEN}, program => 'session.pl', capabilities => [], lanes => 1);
while (my $m = message(1)) {
    my @to = (lane => $m->{lane});
    if ($m->{type} eq 'begin') {                # load, THEN apply, THEN say what is in force
        srand $m->{seed};
        @x = map { 10 * gauss } 1 .. 20 if $m->{origin} eq 'fresh';
        if ($m->{folder}) { open my $in, '<', "$m->{folder}/x" or die $!; @x = map { $_ + 0 } <$in> }
        $lr = $m->{hyperparameters}{lr};
        say_to(type => 'applied', @to, hyperparameters => {lr => $lr});
    } elsif ($m->{type} eq 'train') {
        my $done = 0;
        until ((defined $m->{steps} and $done == $m->{steps}) or message(0)) {      # all that comes now is a stop
            $_ -= $lr * ($_ + gauss) for @x;
            say_to(type => 'report', @to, step => $m->{step} + $done, metrics => {first => $x[0]}) if ++$done % 10 == 0;
        }
        say_to(type => 'trained', @to, steps => $done);
    } elsif ($m->{type} eq 'evaluate') {
        my $loss = 0; $loss += $_ ** 2 / @x for @x;
        say_to(type => 'evaluated', @to, metrics => {score => -$loss});
    } elsif ($m->{type} eq 'save') {
        open my $out, '>', "$m->{folder}/x" or die $!; printf $out "%.17g\n", $_ for @x; close $out or die $!;
        say_to(type => 'saved', @to);
    } elsif ($m->{type} eq 'error') { die "$m->{code} $m->{what}\n" } elsif ($m->{type} eq 'end') { exit }
}
