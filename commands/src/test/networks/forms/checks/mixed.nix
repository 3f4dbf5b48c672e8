{ pkgs, ... }:
{
  web = pkgs.nixosTest { name = "web"; nodes.web = { }; testScript = ""; };
  style = throw "nobody runs this here";
  passthru.more = _: { };
}
