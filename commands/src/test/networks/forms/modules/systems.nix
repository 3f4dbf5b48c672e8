let eval = import <nixpkgs/nixos/lib/eval-config.nix>;
in
{
  nixosConfigurations.web = eval { system = "x86_64-linux"; modules = [ ./part.nix { services.openssh.enable = true; } ]; };
  nixosConfigurations.db = import <nixpkgs/nixos> { configuration = ./part.nix; };
}
