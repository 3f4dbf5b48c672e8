{
  test1 = { pkgs, configg, ... }: { networking.hostName = "x"; };
}
