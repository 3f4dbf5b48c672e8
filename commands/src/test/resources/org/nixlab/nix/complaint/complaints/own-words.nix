{
  test1 = { pkgs, ... }: {
    networking.hostName = throw "nixlab: option 'services.foo' does not exist\nplace: /x/y.nix\nhint: did you mean 'services.food'?";
  };
}
