# The supported options as documents: [{ name, type, defaultText, example, description, renamedFrom }].
let
  inherit (import ./documented.nix) evaluated lib;
  differences = import ./differences.nix;
  inherit (builtins) attrNames concatMap isAttrs typeOf;

  visible = o: !(o.internal or false) && (o.visible or true) != false;

  # Values as they would be written in a network file.
  nix = value:
    let kind = typeOf value;
    in
    if kind == "set" then
      if value ? _type && value ? text then lib.removeSuffix "\n" value.text
      else if value ? outPath then "pkgs.${value.pname or "…"}"
      else if value == { } then "{ }"
      else "{ ${lib.concatStrings (lib.mapAttrsToList assignment value)}}"
    else if kind == "list" then (if value == [ ] then "[ ]" else "[ ${lib.concatMapStrings (v: "${nix v} ") value}]")
    else if kind == "string" then text value
    else if kind == "null" then "null"
    else if kind == "bool" then lib.boolToString value
    else if kind == "lambda" then "«function»"
    else toString value;
  text = s: if lib.hasInfix "\n" s then "''\n${lib.concatMapStrings (l: "  ${l}\n") (lib.splitString "\n" (lib.removeSuffix "\n" s))}''" else builtins.toJSON s;
  # { a.b.c = 1; } reads better than nested braces.
  assignment = name: value:
    let
      go = path: v:
        if isAttrs v && !(v ? _type) && !(v ? outPath) && builtins.length (attrNames v) == 1 then
          let n = builtins.head (attrNames v);
          in go (path ++ [ n ]) v.${n}
        else "${lib.showOption path} = ${nix v}; ";
    in
    go [ name ] value;

  document = path: o: {
    name = lib.showOption path;
    type = (if (o.readOnly or false) then "read-only, " else "") + o.type.description;
    defaultText =
      if o ? defaultText then (if isAttrs o.defaultText then nix o.defaultText else o.defaultText)
      else if o ? default then nix o.default
      else "";
    example = if o ? example then nix o.example else "";
    description = (o.description or "") + (let name = lib.showOption path; in
      lib.optionalString (differences ? ${name}) " Difference from NixOS: ${differences.${name}}.");
    renamedFrom = lib.concatStringsSep ", " (formerly.${lib.showOption path} or [ ]);
  };

  # Options inside the values of an option.
  inner = path: type:
    if type.name == "submodule" then walk path (type.optionsBelow path)
    else if type.name == "attrsOf" then inner (path ++ [ "<name>" ]) type.nested
    else if type.name == "listOf" then inner (path ++ [ "*" ]) type.nested
    else if type ? nested && type.nested != null then inner path type.nested
    else [ ];

  walk = path: set: concatMap
    (name:
      let
        here = set.${name};
        below = path ++ [ name ];
      in
      if name == "_module" then [ ]
      else if (here._type or null) == "option" then
        (if visible here then [ (document below here) ] ++ lib.optionals (here.visible or true != "shallow") (inner below here.type) else [ ])
      else walk below here)
    (attrNames set);

  # Older spellings, by the name they stand for now.
  aliases = path: set: concatMap
    (name:
      let here = set.${name};
      in
      if (here._type or null) == "option" then
        lib.optional (here ? renamedTo) { name = lib.showOption here.renamedTo; value = lib.showOption (path ++ [ name ]); }
      else aliases (path ++ [ name ]) here)
    (attrNames set);
  formerly = lib.mapAttrs (_: map (a: a.value)) (lib.groupBy (a: a.name) (aliases [ ] evaluated.options));
in
walk [ ] evaluated.options
