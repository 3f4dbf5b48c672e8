{
  test1 = { nixpkgs.system = "aarch64-linux"; };
}
