{ configuration, system ? builtins.currentSystem }: import ./lib/eval-config.nix { inherit system; modules = [ configuration ]; }
