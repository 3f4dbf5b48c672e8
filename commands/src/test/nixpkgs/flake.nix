{
  outputs = { self }: {
    lib.nixosSystem = { modules, system ? "x86_64-linux" }: import ./nixos/lib/eval-config.nix { inherit modules system; };
  };
}
