{
  desk = { pkgs, ... }: {
    users.users.alice = {
      isNormalUser = true;
      uid = 1000;
      extraGroups = [ "wheel" ];
      password = "secret";
      openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKPhGrm2qO8oF9sqEpZ6h6X0b3tS8f8qQz3k4m1x2y3z alice" ];
    };
    security.sudo.wheelNeedsPassword = false;
    services.openssh.enable = true;
    time.timeZone = "Europe/Amsterdam";
  };
}
