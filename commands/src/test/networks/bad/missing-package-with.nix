{
  web = { pkgs, ... }: {
    environment.systemPackages = with pkgs; [
      bash
      lynxx
    ];
  };
}
