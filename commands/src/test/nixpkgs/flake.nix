{
  outputs = { self }: {
    legacyPackages.x86_64-linux = import ./. { system = "x86_64-linux"; };
    lib.nixosSystem = { modules, system ? "x86_64-linux" }: import ./nixos/lib/eval-config.nix { inherit modules system; };
  };
}
