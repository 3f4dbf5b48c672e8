{
  test1 = { pkgs, ... }: {
    environment.systemPackages = [ pkgs.lynxx ];
  };
}
