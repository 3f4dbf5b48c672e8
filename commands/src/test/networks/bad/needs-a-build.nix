{
  test1 = { pkgs, ... }: {
    environment.systemPackages = [ (pkgs.runCommand "x" { } "touch $out") ];
  };
}
