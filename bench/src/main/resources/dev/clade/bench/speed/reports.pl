# A program that does nothing but report.
use strict;
use warnings;
use IO::Socket::UNIX;

my $socket = IO::Socket::UNIX->new(Peer => $ENV{CLADE_SOCKET}) or die "no socket: $!";
print $socket qq({"type":"hello","protocol":[1],"token":"$ENV{CLADE_TOKEN}","program":"reports","capabilities":[],"lanes":1}\n);
$socket->flush;
while (my $line = <$socket>) {
    my ($type) = $line =~ /"type":"(\w+)"/;
    if ($type eq 'begin') {
        my ($values) = $line =~ /"hyperparameters":(\{[^}]*\})/;
        print $socket qq({"type":"applied","lane":0,"hyperparameters":$values}\n);
    } elsif ($type eq 'train') {
        my ($steps) = $line =~ /"steps":(\d+)/;
        my ($step) = $line =~ /"step":(\d+)/;
        for my $done (1 .. $steps) {
            my $at = $step + $done;
            my $loss = 1 / $at;
            print $socket qq({"type":"report","lane":0,"step":$at,"metrics":{"loss":$loss}}\n);
            $socket->flush;
        }
        print $socket qq({"type":"trained","lane":0,"steps":$steps}\n);
    } elsif ($type eq 'evaluate') {
        print $socket qq({"type":"evaluated","lane":0,"metrics":{"q":0.5}}\n);
    } elsif ($type eq 'save') {
        my ($folder) = $line =~ /"folder":"([^"]+)"/;
        open(my $file, '>', "$folder/model");
        print $file "model";
        close $file;
        print $socket qq({"type":"saved","lane":0}\n);
    } elsif ($type eq 'end') {
        exit 0;
    }
    $socket->flush;
}
