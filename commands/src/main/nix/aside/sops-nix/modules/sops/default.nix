# Secrets have the paths that others name, but nothing puts them there.
{ lib, ... }:

let
  inherit (lib) inert internal types;
  free = types.lazyAttrsOf types.anything;
  below = directory: types.submodule ({ name, ... }: {
    freeformType = free;
    options.path = internal types.str "${directory}/${name}";
  });
in
{
  options.sops = inert
    (types.submodule ({ config, ... }: {
      freeformType = free;
      options = {
        secrets = internal (types.attrsOf (below "/run/secrets")) { };
        templates = internal (types.attrsOf (below "/run/secrets/rendered")) { };
        placeholder = internal (types.attrsOf types.str) (lib.mapAttrs (name: _: "<secret ${name}>") config.secrets);
      };
    }))
    { } "Secrets that are decrypted at boot.";
}
