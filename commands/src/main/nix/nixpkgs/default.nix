# What <nixpkgs> leads to for Debian guests. In network files `form.nix` answers for the files below; elsewhere they say why
# they are no use.
_: throw "nixlab: only a network file itself can import <nixpkgs> for Debian guests\nhint: take `pkgs` from the arguments of the module"
