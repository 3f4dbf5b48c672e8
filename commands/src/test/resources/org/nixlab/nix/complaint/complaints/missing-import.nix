{
  test1 = { pkgs, ... }: {
    imports = [ ./nothere.nix ];
  };
}
