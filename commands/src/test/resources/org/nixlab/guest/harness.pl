# Runs the real slot program on the host: a UNIX socket that is accepted again and again stands for the virtio port,
# whose host end comes and goes.   harness.pl DIRECTORY-OF-THE-SLOT SOCKET
use strict;
use warnings;
use Socket;

my ($directory, $path) = @ARGV;
# As systemd starts services: a build in the background would hand down an ignored interrupt.
@SIG{'INT', 'QUIT'} = ('DEFAULT', 'DEFAULT');
require "$directory/slot";

my $listener = listener($path);
my %plugged; # name of a port => what listens for it, as QEMU does whoever serves the port

{
    no warnings 'redefine', 'once';
    $main::TAKEN = "$directory/taken";
    my $serve_too = \&main::serve_too;
    *main::serve_too = sub {
        my ($name) = @_;
        $plugged{$name} ||= listener("$directory/$name") if -e "$directory/$name.plugged";
        $serve_too->(@_);
    };
    *main::find_port = sub {
        my ($name) = @_;
        $listener = $plugged{$name} or return;
        return $path = "$directory/$name";
    };
    *main::worker_script = sub { return "$directory/worker" };
    *main::open_port = sub {
        undef $main::port;
        hold() if -e "$directory/hold";
        while (!$main::port) {
            my $bits = '';
            vec($bits, fileno($listener), 1) = 1;
            main::await_host($bits, '');
            accept($main::port, $listener) or undef $main::port;
        }
        main::nonblocking($main::port);
    };
}
main::main($path);

sub listener {
    my ($path) = @_;
    socket(my $listener, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
    bind($listener, pack_sockaddr_un($path)) or die "$path: $!";
    listen($listener, 8) or die "$path: $!";
    return $listener;
}

# As a kernel that takes its time to let the port be opened again.
sub hold {
    open my $sign, '>', "$path.held" or die "$path.held: $!";
    select(undef, undef, undef, 0.01) while -e "$directory/hold";
    unlink "$path.held";
    return;
}
