let
  pkgs = import <nixpkgs/pkgs/top-level> { };
in
{
  web = { ... }: {
    environment.systemPackages = [ pkgs.lynx ];
  };
}
