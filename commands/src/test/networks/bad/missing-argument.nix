{
  web = { pkgs, nixpkgs, ... }: {
    environment.systemPackages = [ nixpkgs.lynx ];
  };
}
