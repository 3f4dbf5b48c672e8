{
  outputs = { self }: {
    nixosModules.domain = { networking.domain = "example.net"; };
  };
}
