import ../../idle.nix { home-manager = "What users have in their homes."; }
