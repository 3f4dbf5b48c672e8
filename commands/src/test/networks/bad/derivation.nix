{
  test1 = { pkgs, ... }: {
    environment.systemPackages = [ (pkgs.clangStdenv.mkDerivation { pname = "tool"; version = "1"; }) ];
  };
}
