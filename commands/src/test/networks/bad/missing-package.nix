{
  web = { pkgs, ... }: {
    environment.systemPackages = [ pkgs.lynxx ];
  };
}
