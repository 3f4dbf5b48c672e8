{
  test1 = { imports = [ ./part/unknown-option.nix ]; };
}
