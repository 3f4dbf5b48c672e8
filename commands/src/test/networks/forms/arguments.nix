# Two functions, one after the other; the second is what machines are made of.
{ domain, count ? 1 }:
{ pkgs, lib, nodes ? null }:
lib.listToAttrs (map
  (n: { name = "web${toString n}"; value = { networking = { inherit domain; }; environment.systemPackages = [ pkgs.lynx ]; }; })
  (lib.range 1 count))
