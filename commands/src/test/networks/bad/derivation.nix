{
  test1 = { pkgs, ... }: {
    environment.systemPackages = [ (pkgs.stdenv.mkDerivation { pname = "tool"; version = "1"; }) ];
  };
}
