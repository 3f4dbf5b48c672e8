# Parameters for the exchange of keys. To find some takes an emulated machine minutes: those of RFC 7919 are as good as any.
{ config, lib, ... }:

let
  inherit (lib) option types;
  cfg = config.security.dhparams;
  group = ''
    -----BEGIN DH PARAMETERS-----
    MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
    +8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
    87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
    YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
    7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
    ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
    -----END DH PARAMETERS-----
  '';

  parameters = types.submodule ({ name, ... }: {
    options = {
      bits = lib.inert types.int 2048 "How large they are: always 2048 bits.";
      path = option types.path "${cfg.path}/${name}.pem" "Where they are." // { defaultText = "NAME.pem below `security.dhparams.path`"; };
    };
  });
in
{
  options.security.dhparams = {
    enable = option types.bool false "Whether there are parameters for Diffie and Hellman's exchange of keys.";
    params = option (types.attrsOf (types.coercedTo types.int (bits: { inherit bits; }) parameters)) { } "The files of parameters, by name."
      // { example = { nginx = { }; }; };
    path = option types.str "/var/lib/dhparams" "The directory that they lie in.";
    stateful = lib.inert types.bool true "Find them once for each machine.";
    defaultBitSize = lib.inert types.int 2048 "How large they are.";
  };

  config.nixlab.files = lib.optionals cfg.enable (map (p: { path = toString p.path; text = group; }) (lib.attrValues cfg.params));
}
