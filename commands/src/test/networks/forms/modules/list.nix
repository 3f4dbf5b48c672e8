[ ./part.nix { services.openssh.enable = true; } ]
