# How the machine is called from outside. Any further attribute is kept and means nothing here.
{ lib, ... }:

let
  inherit (lib) option types;
  key = types.submodule ({ name, config, ... }: {
    freeformType = types.lazyAttrsOf types.anything;
    options.destDir = lib.internal types.str "/run/keys";
    options.path = lib.internal types.str "${config.destDir}/${config.name or name}";
  });
in
{
  options.deployment = option
    (types.submodule {
      freeformType = types.lazyAttrsOf types.anything;
      options = {
        hostname = option (types.nullOr types.str) null
          "The name by which ssh and the other machines know this one." // { example = "test1.example.net"; };
        targetHost = option (types.nullOr types.str) null "The newer name of `deployment.hostname`.";
        # What NixOps itself says of them.
        keys = lib.internal (types.attrsOf key) { };
        name = lib.internal types.str "lab";
        arguments = lib.internal types.raw { };
        targetEnv = lib.internal types.str "none";
        tags = option (types.listOf types.str) [ ] "Words that select machines in the shell (`@tag`)." // { example = [ "web" ]; };
      };
    })
    { }
    "How the machine is known outside. NixOps' other attributes may be set and have no effect.";
}
