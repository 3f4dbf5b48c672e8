let
  mods = builtins.fetchGit { url = "file:///nowhere/mods.git"; rev = "0000000000000000000000000000000000000000"; };
in
{
  web = { imports = [ "${mods}/web.nix" ]; };
}
