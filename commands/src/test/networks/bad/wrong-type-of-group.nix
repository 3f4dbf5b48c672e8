{
  test1 = { pkgs, ... }: {
    services.openssh = true;
  };
}
