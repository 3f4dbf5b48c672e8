# Gives every file and directory of a tree the owner and mode of what it is about to replace in another.
use strict;
use warnings;
no warnings 'recursion';

sub adopt {
    my ($new, $old) = @_;
    my @old = lstat $old or return;
    my @new = lstat $new;
    my $kind = $old[2] & 0170000;
    return if $kind != ($new[2] & 0170000);
    if ($kind == 0040000) {
        opendir my $names, $new or die "$new: $!\n";
        adopt("$new/$_", "$old/$_") for grep { !/^\.\.?$/s } readdir $names;
    } elsif ($kind != 0100000) {
        return;
    }
    chown @old[4, 5], $new;
    chmod $old[2] & 07777, $new;
    return;
}

adopt(@ARGV);
