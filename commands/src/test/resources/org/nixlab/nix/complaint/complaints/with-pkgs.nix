{
  test1 = { pkgs, ... }: {
    environment.systemPackages = with pkgs; [ lynxx ];
  };
}
