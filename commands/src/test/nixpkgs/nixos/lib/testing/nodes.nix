# The key that nixlab looks for: nodes.nix-pkgs
{ }
