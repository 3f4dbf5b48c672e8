{
  test1 = { pkgs, ... }: {
    environment.systemPackages = [ (pkgs.buildGoModule { pname = "x"; version = "1"; src = ./.; }) ];
  };
}
