{ hostPkgs, lib, testers, ... }:
{
  name = "special";
  node.specialArgs.domain = lib.toLower "Example.Net";
  defaults = { domain, ... }: { networking = { inherit domain; }; };
  nodes.web = { };
  testScript = "";
}
