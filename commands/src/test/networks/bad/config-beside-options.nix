{
  test1 = { lib, ... }: {
    options.mine = lib.mkOption { default = 1; };
    services.openssh.enable = true;
  };
}
