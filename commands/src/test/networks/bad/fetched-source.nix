{
  test1 = { pkgs, ... }: {
    environment.etc.x.source = pkgs.fetchurl { url = "https://example.invalid/x"; };
  };
}
