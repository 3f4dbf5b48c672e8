{ pkgs, ... }:
{
  plain = pkgs.testers.runNixOSTest { name = "a"; nodes.one = { }; testScript = ""; };
  more.walled = pkgs.nixosTest ({ pkgs, ... }: { name = "b"; nodes.two = { }; testScript = ""; });
  tool = pkgs.lynx;
}
