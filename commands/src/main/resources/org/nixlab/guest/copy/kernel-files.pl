# Copies a file or directory of /proc, /sys and their like to a place where files say how long they are. What cannot be
# read is named in the form of tar, whatever the reason: the kernel's files are not all for reading.
use strict;
use warnings;
no warnings 'recursion';

my ($LONGEST, $MOST) = (16 << 20, 256 << 20);
my $NONBLOCK = 2048; # /proc/kmsg waits for ever

sub complain {
    my ($name) = @_;
    $name =~ s/[^!-~]|\\/sprintf '\\%03o', ord $&/ges;
    print STDERR "tar: $name: nothing to read\n";
    return;
}

sub content {
    my ($from, $to, $mode) = @_;
    sysopen my $file, $from, $NONBLOCK or return complain($from);
    my $content = '';
    while (1) {
        my $count = sysread $file, $content, 65536, length $content;
        defined $count && length $content <= $LONGEST or return complain($from);
        $count or last;
    }
    $MOST -= length $content;
    $MOST > 0 or die "these are more than 256 MiB of the kernel; name fewer\n";
    open my $copy, '>', $to or die "$to: $!\n";
    print {$copy} $content or die "$to: $!\n";
    close $copy or die "$to: $!\n";
    chmod $mode & 07777, $to;
    return;
}

sub copy {
    my ($from, $to) = @_;
    my @stat = lstat $from or return;
    my $kind = $stat[2] & 0170000;
    if ($kind == 0120000) {
        my $target = readlink $from;
        defined $target ? symlink $target, $to : complain($from);
    } elsif ($kind == 0040000) {
        mkdir $to or die "$to: $!\n";
        opendir my $names, $from or return complain($from);
        copy("$from/$_", "$to/$_") for grep { !/^\.\.?$/s } readdir $names;
        chmod $stat[2] & 07777, $to;
    } elsif ($kind == 0100000) {
        content($from, $to, $stat[2]);
    }
    return;
}

copy(@ARGV);
