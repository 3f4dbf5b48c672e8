{
  test1 = { pkgs, ... }: {
    services.bind.enable = true;
    services.bind.zones."example.net".master = true;
  };
}
