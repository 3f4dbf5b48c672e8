{
  test1 = { pkgs, ... }: {
    networking.hostName = "a" + 5;
  };
}
