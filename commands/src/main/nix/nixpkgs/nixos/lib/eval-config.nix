_: throw "nixlab: Debian guests are not evaluated by eval-config.nix\nhint: write { NAME = CONFIGURATION; }, or run it with --guest nixos"
