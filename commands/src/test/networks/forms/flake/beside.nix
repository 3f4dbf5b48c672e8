# A network beside a flake, which asks for it.
{ self, inputs, nixpkgs, pkgs, ... }:
{
  web.imports = [ self.nixosModules.site inputs.parts.nixosModules.domain ];
  old = { environment.systemPackages = [ nixpkgs.legacyPackages.${pkgs.system}.lynx ]; };
}
