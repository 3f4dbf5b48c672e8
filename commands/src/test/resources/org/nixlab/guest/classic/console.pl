# Stands for a machine with nothing but the classic backdoor: one bash that outlives its clients behind a UNIX socket,
# which, like a virtconsole, drops what is printed while nobody is connected.   console.pl SOCKET
use strict;
use warnings;
use Socket;

my ($path) = @ARGV;
socketpair(my $console, my $shell, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die "socketpair: $!";
if (!fork) {
    open STDIN, '<&', $shell or die;
    open STDOUT, '>&', $shell or die;
    open STDERR, '>', '/dev/null' or die;
    close $console;
    exec 'bash', '--norc';
}
close $shell;
socket(my $listener, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
bind($listener, pack_sockaddr_un($path)) or die "$path: $!";
listen($listener, 8) or die "$path: $!";
syswrite(STDOUT, "listening\n");
my $client;
while (1) {
    my $bits = '';
    vec($bits, fileno($_), 1) = 1 for $console, $client || $listener;
    select($bits, undef, undef, undef);
    if (vec($bits, fileno($console), 1)) {
        sysread($console, my $data, 65536) or exit;
        syswrite($client, $data) if $client;
    }
    if ($client && vec($bits, fileno($client), 1)) {
        if (sysread($client, my $data, 65536)) { syswrite($console, $data) }
        else { undef $client }
    }
    elsif (!$client && vec($bits, fileno($listener), 1)) { accept($client, $listener) or undef $client }
}
