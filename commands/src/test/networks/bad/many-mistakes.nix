let
  shared = { services.loki.enable = true; };
in
{
  db = {
    imports = [ shared ];
    users.users.bob = { isNormalUser = true; isNormalUsr = true; };
  };
  web = { pkgs, ... }: {
    imports = [ shared ];
    services.openssh.enable = "yes";
    qt5.enable = true;
    environment.systemPackages = [ pkgs.lynxx ];
  };
}
