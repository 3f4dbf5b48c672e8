# The programs that serve a machine's channels, with the units and udev rules that start them.
{ pkgs, guest }:

let
  # Copies use it where it is there.
  xxhash = pkgs.xxhash or pkgs.xxHash or null;
  path = pkgs.lib.concatStringsSep ":" [
    "/run/wrappers/bin"
    "/var/setuid-wrappers"
    "/run/current-system/sw/bin"
    "/run/current-system/sw/sbin"
    "${pkgs.bash}/bin"
    "${pkgs.coreutils}/bin"
  ];
in
pkgs.runCommand "nixlab-guest"
{
  # A path, and not the string that it comes as: what is no input of a build is out of reach in Nix's sandbox.
  guest = /. + guest;
  preferLocalBuild = true;
  allowSubstitutes = false;
  passthru = {
    canChecksum = xxhash != null;
    guestSystem = pkgs.stdenv.hostPlatform.system or pkgs.stdenv.system;
  };
}
  ''
    mkdir -p $out/bin $out/lib/systemd/system $out/lib/udev/rules.d
    for program in slot streams; do
        sed '1s,^#!.*,#!${pkgs.perl}/bin/perl,' $guest/$program > $out/$program
    done
    sed '1s,^#!.*,#!${pkgs.bash}/bin/bash,' $guest/backdoor > $out/backdoor
    cp $guest/worker $out/worker
    chmod 555 $out/slot $out/streams $out/backdoor
    cp $guest/60-nixlab-ports.rules $out/lib/udev/rules.d/
    cp $guest/nixlab.slice $out/lib/systemd/system/
    # systemd before 230 wants the limit among the service's settings.
    sed -e "s,/usr/lib/nixlab,$out," \
        -e 's,SHELL=/bin/bash,SHELL=/run/current-system/sw/bin/bash,' \
        -e 's,^Environment=PATH=.*,Environment=PATH=${path},' \
        -e 's,^\[Service\],&\nStartLimitInterval=0,' \
        -e '/^\[Install\]/,$d' \
        "$guest/nixlab-slot@.service" > "$out/lib/systemd/system/nixlab-slot@.service"
    ln -s ${pkgs.openssh}/bin/sshd $out/bin/sshd
    ln -s ${pkgs.perl}/bin/perl $out/bin/perl
    ${if xxhash == null then "" else "ln -s ${xxhash}/bin/xxhsum $out/bin/xxhsum"}
  ''
