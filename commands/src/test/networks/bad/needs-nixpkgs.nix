let
  pkgs = import <nixpkgs> { };
in
{
  web = { ... }: {
    environment.systemPackages = [ pkgs.lynx ];
  };
}
