# All modules of a Debian guest.
[
  ./system/core.nix
  ./system/nixpkgs.nix
  ./system/deployment.nix
  ./system/virtualisation.nix
  ./system/environment.nix
  ./system/users.nix
  ./system/units.nix
  ./system/kernel.nix
  ./network/interfaces.nix
  ./network/names.nix
  ./network/firewall.nix
  ./programs/ssh.nix
  ./services/openssh.nix
  ./services/httpd.nix
]
