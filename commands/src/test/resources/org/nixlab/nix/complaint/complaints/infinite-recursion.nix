{
  test1 = { pkgs, config, ... }: {
    networking.hostName = config.networking.hostName + "x";
  };
}
