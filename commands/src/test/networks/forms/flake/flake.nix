{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.11";
  inputs.parts.url = "path:../modules";

  outputs = { self, nixpkgs, parts, ... }@inputs: {
    nixosModules.site = import (self + "/site.nix");
    nixosConfigurations = {
      db = nixpkgs.lib.nixosSystem {
        system = "i686-linux";
        modules = [ parts.nixosModules.domain ];
      };
      web = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [ ./site.nix ({ inputs, ... }: { imports = [ inputs.parts.nixosModules.domain ]; }) ];
      };
    };
    checks.x86_64-linux = {
      browse = nixpkgs.legacyPackages.x86_64-linux.testers.runNixOSTest {
        name = "browse";
        nodes.browser = { };
        nodes.site.imports = [ self.nixosModules.site ];
        testScript = "site.wait_for_open_port(80)";
      };
      again = self.checks.x86_64-linux.browse;
    };
    packages.x86_64-linux.vm = self.nixosConfigurations.db.config.system.build.vm;
    packages.x86_64-linux.text = nixpkgs.legacyPackages.x86_64-linux.lynx;
    mixed = import ../checks/mixed.nix { pkgs = nixpkgs.legacyPackages.x86_64-linux; };
    lab = { one = { }; };
  };
}
