{
  web = { ... }: {
    imports = [ ./nowhere.nix ];
  };
}
