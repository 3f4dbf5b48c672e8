# How the machine is called from outside. Any further attribute is kept and means nothing here.
{ lib, ... }:

let
  inherit (lib) option types;
in
{
  options.deployment = option
    (types.submodule {
      freeformType = types.lazyAttrsOf types.anything;
      options = {
        hostname = option (types.nullOr types.str) null
          "The name by which ssh and the other machines know this one." // { example = "test1.example.net"; };
        targetHost = option (types.nullOr types.str) null "The newer name of `deployment.hostname`.";
        tags = option (types.listOf types.str) [ ] "Words that select machines in the shell (`@tag`)." // { example = [ "web" ]; };
      };
    })
    { }
    "How the machine is known outside. NixOps' other attributes may be set and have no effect.";
}
