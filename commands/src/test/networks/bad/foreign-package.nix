{
  old = { pkgs, ... }: {
    nixpkgs.system = "i686-linux";
    environment.systemPackages = [ pkgs.chromium ];
  };
}
