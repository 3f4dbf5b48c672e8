# What is on an installation medium: somebody who may do anything, logged in, and reached by ssh.
{ lib, ... }:

{
  users.users.nixos = {
    isNormalUser = true;
    extraGroups = [ "wheel" ];
    initialHashedPassword = lib.mkDefault "";
  };
  security.sudo.wheelNeedsPassword = lib.mkDefault false;
  services.getty.autologinUser = lib.mkDefault "nixos";
  services.openssh.enable = lib.mkDefault true;
  services.openssh.settings.PermitRootLogin = lib.mkDefault "yes";
}
