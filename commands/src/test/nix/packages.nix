# What `pkgs` makes of an index: for each expression the Debian packages that it stands for, or what it fails with.
{ expressions }:

let
  lib = import (expressions + "/lib");
  names = [
    "bash" "bind9" "bind9-utils" "bind9-dnsutils" "bind9-host" "delta" "firefox-esr" "git" "iperf" "iperf3" "libglib2.0-bin"
    "libglib2.0-dev" "libssl-dev" "netcat-openbsd" "openssl" "psmisc" "python3" "python3-kafka" "python3-openssl" "slurm"
    "slurm-wlm" "slurm-client" "x11-apps" "zlib1g" "zlib1g-dev" "lynx" "lynx-dev" "postgresql-15" "mako-notifier" "gnome-shell-extension-arc-menu"
  ];
  index.x86_64-linux = lib.genAttrs names (_: "1");
  pkgs = import (expressions + "/pkgs") { inherit lib index; system = "x86_64-linux"; };
in
builtins.mapAttrs (_: package: package.debianPackages) {
  "bind.dnsutils" = pkgs.bind.dnsutils;
  "bind.all" = pkgs.bind.all;
  "libressl.nc" = pkgs.libressl.nc;
  "postgresql_11" = pkgs.postgresql_11;
  "mako" = pkgs.mako;
  "gnomeExtensions.arc-menu" = pkgs.gnomeExtensions.arc-menu;
  "terraform" = pkgs.terraform;
  "extended" = (pkgs.extend (final: _: { own = final.lynx; asks = final.callPackage ({ own }: own) { }; })).asks;
  "bash.dev" = pkgs.bash.dev;
  "lynx.dev" = pkgs.lynx.dev;
  "openssl.dev" = pkgs.openssl.dev;
  "openssl.out.bin" = pkgs.openssl.out.bin;
  "zlib" = pkgs.zlib;
  "getDev zlib" = lib.getDev pkgs.zlib;
  "glib.dev" = pkgs.glib.dev;
  "firefox" = pkgs.firefox;
  "killall" = pkgs.killall;
  "slurm" = pkgs.slurm;
  "iperf" = pkgs.iperf;
  "iperf2" = pkgs.iperf2;
  "gitAndTools.gitFull" = pkgs.gitAndTools.gitFull;
  "xorg.xeyes" = pkgs.xorg.xeyes;
  "python3Packages.kafka-python" = pkgs.python3Packages.kafka-python;
  "withPackages" = pkgs.python3.withPackages (libraries: [ libraries.pyopenssl ]);
}
// {
  "delta" = (builtins.tryEval pkgs.delta).success;
  "buildGoModule" = (builtins.tryEval (pkgs.buildGoModule { pname = "x"; })).success;
  "interpreter" = builtins.hasContext pkgs.python3.interpreter;
  "buildImage" = (builtins.tryEval (pkgs.dockerTools.buildImage { name = "x"; })).success;
}
