# Secrets have the paths that others name, but nothing puts them there.
{ lib, ... }:

let
  inherit (lib) inert internal types;
  free = types.lazyAttrsOf types.anything;
  secret = types.submodule ({ name, ... }: {
    freeformType = free;
    options.path = internal types.str "/run/agenix/${name}";
  });
in
{
  options.age = inert
    (types.submodule {
      freeformType = free;
      options.secrets = internal (types.attrsOf secret) { };
    })
    { } "Secrets that are decrypted at boot.";
}
