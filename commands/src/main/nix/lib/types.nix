# Option types. Each says what it wants (`description`, `plural`), tests a value (`check`) and merges definitions (`merge`).
{ lib }:

let
  inherit (builtins) all any attrNames concatMap elem filter head isAttrs isBool isFloat isFunction isInt isList isPath
    isString length listToAttrs map mapAttrs match tail zipAttrsWith;
  inherit (lib) fail mergeDefinitions placeOf show showOption;

  mkType = { name, description, plural ? "values", check ? _: true, merge ? mergeEqual, ... }@type:
    { inherit name description plural check merge; _type = "option-type"; nestedTypes = { }; } // type;

  # All definitions must say the same.
  mergeEqual = loc: defs:
    let
      first = head defs;
      other = filter (d: d.value != first.value) (tail defs);
    in
    if other == [ ] then first.value else conflict loc first (head other);

  conflict = loc: a: b: fail {
    message = "option `${showOption loc}` has conflicting definitions: ${show a.value} and ${show b.value}";
    place = placeOf b;
    hint = "the other definition is at ${placeOf a}; mkForce or mkDefault in front of one value settles it";
  };

  oneOnly = loc: defs:
    if length defs == 1 then (head defs).value else conflict loc (head defs) (head (tail defs));

  word = name: description: plural: check: mkType { inherit name description plural check; };
  between = name: low: high: word name "an integer between ${toString low} and ${toString high}"
    "integers between ${toString low} and ${toString high}" (x: isInt x && x >= low && x <= high);
  joined = sep: name: mkType {
    inherit name;
    description = "a string";
    plural = "strings";
    check = isString;
    merge = _: defs: lib.concatStringsSep sep (map (d: d.value) defs);
  };

  # Elements of lists and sets are merged like options, so that mkIf and the like work in them.
  element = loc: type: def: mergeDefinitions loc type [ def ];

  subtypesOf = type: type.nested or null;

  # How two types around others become one: where those within do.
  within = wrap: type: other:
    let both = types.merged type other.nested;
    in if both == null then null else wrap both;

  mergeAnything = loc: defs:
    let values = map (d: d.value) defs;
    in
    if all (v: isAttrs v && !(lib.isDerivation v)) values then
      mapAttrs (name: found: (mergeDefinitions (loc ++ [ name ]) types.anything found).value)
        (zipAttrsWith (_: found: found)
          (map (d: mapAttrs (name: value: { inherit (d) file; inherit value; at = { inherit name; attrs = d.value; }; }) d.value) defs))
    else if all isList values then builtins.concatLists values
    else if all isFunction values && length values > 1 then x: mergeAnything loc (map (d: d // { value = d.value x; }) defs)
    else mergeEqual loc defs;

  types = rec {
    inherit mkType;
    # What asks for all that two types of one option ask for; null where there is no such thing.
    merged = a: b:
      if a.name != b.name then null
      else if a ? extend && b ? extend then a.extend b
      else if a.description == b.description && !(a ? nested) then a
      else null;
    mkOptionType = { name, ... }@type: mkType ({ description = name; plural = name; } // type);
    isOptionType = lib.isType "option-type";

    unspecified = mkType { name = "unspecified"; description = "a value"; merge = loc: defs: if length defs == 1 then (head defs).value else mergeAnything loc defs; };
    raw = mkType { name = "raw"; description = "a value"; merge = oneOnly; };
    anything = mkType { name = "anything"; description = "anything"; merge = mergeAnything; };
    bool = word "bool" "a boolean" "booleans" isBool;
    boolByOr = bool // { merge = _: any (d: d.value); };
    int = word "int" "an integer" "integers" isInt;
    float = word "float" "a number with a fraction" "numbers" isFloat;
    number = word "number" "a number" "numbers" (x: isInt x || isFloat x);
    numbers = { inherit between; nonnegative = word "numbers.nonnegative" "a number not below 0" "numbers" (x: (isInt x || isFloat x) && x >= 0); positive = word "numbers.positive" "a number above 0" "numbers" (x: (isInt x || isFloat x) && x > 0); };
    ints = {
      between = between "ints.between";
      positive = word "ints.positive" "a positive integer" "positive integers" (x: isInt x && x > 0);
      unsigned = word "ints.unsigned" "an integer not below 0" "integers not below 0" (x: isInt x && x >= 0);
      u8 = between "ints.u8" 0 255;
      u16 = between "ints.u16" 0 65535;
      u32 = between "ints.u32" 0 4294967295;
      s8 = between "ints.s8" (-128) 127;
      s16 = between "ints.s16" (-32768) 32767;
      s32 = between "ints.s32" (-2147483647 - 1) 2147483647;
    };
    port = word "port" "a port (0 to 65535)" "ports" (x: isInt x && x >= 0 && x <= 65535);
    str = word "str" "a string" "strings" isString;
    string = str;
    nonEmptyStr = word "nonEmptyStr" "a string that is not empty" "strings that are not empty" (x: isString x && match "[ \t\n]*" x == null);
    singleLineStr = word "singleLineStr" "a string of one line" "strings of one line" (x: isString x && match "[^\n\r]*\n?" x != null)
      // { merge = loc: defs: lib.removeSuffix "\n" (mergeEqual loc defs); };
    strMatching = pattern: word "strMatching" "a string like ${pattern}" "strings like ${pattern}" (x: isString x && match pattern x != null);
    passwdEntry = type: type;
    lines = joined "\n" "lines" // { description = "lines of text"; plural = "texts"; };
    commas = joined "," "commas";
    envVar = joined ":" "envVar";
    separatedString = sep: joined sep "separatedString";
    path = word "path" "an absolute path" "absolute paths"
      (x: isPath x || (isString x && lib.hasPrefix "/" x) || (isAttrs x && x ? outPath));
    pathInStore = path;
    externalPath = path;
    pathWith = _: path;
    package = mkType {
      name = "package";
      description = "a package";
      plural = "packages";
      check = x: lib.isDerivation x || isPath x || (isString x && lib.isStorePath x);
      merge = oneOnly;
    };
    shellPackage = package;
    pkgs = attrs;
    attrs = mkType {
      name = "attrs";
      description = "a set";
      plural = "sets";
      check = isAttrs;
      merge = _: lib.foldl' (a: d: a // d.value) { };
    };
    optionType = word "optionType" "an option type" "option types" (x: lib.isType "option-type" x);
    deferredModule = mkType {
      name = "deferredModule";
      description = "a module";
      plural = "modules";
      merge = _: defs: { imports = map (d: { _file = toString d.file; imports = [ d.value ]; }) defs; };
    };
    functionTo = type: mkType {
      name = "functionTo";
      description = "a function that gives ${type.description}";
      check = isFunction;
      merge = loc: defs: x: (mergeDefinitions (loc ++ [ "<result>" ]) type (map (d: d // { value = d.value x; }) defs)).value;
    };
    uniq = unique { message = ""; };
    unique = _: type: type // { merge = oneOnly; };

    enum = values: mkType {
      name = "enum";
      description = "one of ${lib.concatMapStringsSep ", " show values}";
      plural = "values out of ${lib.concatMapStringsSep ", " show values}";
      check = x: elem x values;
      extend = other: enum (lib.unique (values ++ other.values));
      inherit values;
    };

    nullOr = type: mkType {
      name = "nullOr";
      description = "null or ${type.description}";
      plural = "${type.plural} or null";
      check = x: x == null || type.check x;
      nested = type;
      extend = within nullOr type;
      merge = loc: defs:
        let nulls = filter (d: d.value == null) defs;
        in
        if nulls == [ ] then type.merge loc defs
        else if length nulls == length defs then null
        else conflict loc (head nulls) (head (filter (d: d.value != null) defs));
    };

    either = a: b: mkType {
      name = "either";
      description = "${a.description} or ${b.description}";
      plural = "${a.plural} or ${b.plural}";
      check = x: a.check x || b.check x;
      nested = if subtypesOf a != null || a.name == "submodule" then a else b;
      merge = loc: defs:
        if all (d: a.check d.value) defs then a.merge loc defs
        else if all (d: b.check d.value) defs then b.merge loc defs
        else mergeEqual loc defs;
    };
    oneOf = list: lib.foldl' either (head list) (tail list);
    eitherOf = either;

    coercedTo = from: coerce: to: mkType {
      name = "coercedTo";
      description = if from.description == to.description then to.description else "${to.description} or ${from.description}";
      plural = to.plural;
      check = x: (from.check x && to.check (coerce x)) || to.check x;
      nested = to;
      merge = loc: defs: to.merge loc (map (d: if from.check d.value then d // { value = coerce d.value; } else d) defs);
    };

    addCheck = type: test: type // { check = x: type.check x && test x; };

    listOf = type: mkType {
      name = "listOf";
      description = "a list of ${type.plural}";
      plural = "lists of ${type.plural}";
      check = isList;
      nested = type;
      extend = within listOf type;
      merge = loc: defs: concatMap
        (d: concatMap
          (value:
            let merged = element (loc ++ [ "*" ]) type { inherit (d) file; at = d.at or null; inherit value; };
            in lib.optional merged.isDefined merged.value)
          d.value)
        defs;
    };
    nonEmptyListOf = type: addCheck (listOf type) (l: l != [ ]);

    attrsOf = type: attrsBy type // {
      extend = within attrsOf type;
      merge = loc: defs:
        let
          merged = gather loc type defs;
          gone = filter (name: !merged.${name}.isDefined) (attrNames merged);
        in
        mapAttrs (_: m: m.value) (removeAttrs merged gone);
    };
    lazyAttrsOf = type: attrsBy type // {
      extend = within lazyAttrsOf type;
      merge = loc: defs: mapAttrs (_: m: m.value) (gather loc type defs);
    };
    attrsWith = { elemType, lazy ? false, placeholder ? "name" }: (if lazy then lazyAttrsOf else attrsOf) elemType;
    loaOf = attrsOf;
    # Networks of older days have lists, whose elements say what they are called.
    attrsNamedBy = key: type:
      let set = attrsOf type;
      in set // {
        check = x: set.check x || isList x && lib.all (e: isAttrs e && (e ? ${key})) x;
        merge = loc: defs: set.merge loc (lib.concatMap (def: if isList def.value then map (e: def // { value.${e.${key}} = e; }) def.value else [ def ]) defs);
      };

    submodule = modules: submoduleWith { modules = lib.toList modules; };
    submoduleWith = { modules, specialArgs ? { }, description ? "a set of options", shorthandOnlyDefinesConfig ? true, class ? null }: mkType {
      name = "submodule";
      inherit description;
      plural = "sets of options";
      check = x: isAttrs x && !(lib.isDerivation x) || isFunction x || isPath x;
      merge = loc: defs: (lib.evalModules {
        prefix = loc;
        inherit (head defs) file;
        at = (head defs).at or null;
        specialArgs = { name = lib.last loc; } // specialArgs;
        modules = modules ++ map
          (d:
            if isAttrs d.value then
              (if shorthandOnlyDefinesConfig then { _file = d.file; imports = [ ]; config = d.value; } else { _file = d.file; imports = [ d.value ]; })
            else { _file = d.file; imports = [ d.value ]; })
          defs;
      }).config;
      optionsBelow = prefix: (lib.evalModules {
        inherit modules prefix;
        check = false;
        specialArgs = { name = "<name>"; } // specialArgs;
      }).options;
      extend = other: submoduleWith { modules = modules ++ other.modules; inherit specialArgs description; };
      inherit modules;
    };
    attrTag = tags: anything;
  };

  attrsBy = type: mkType {
    name = "attrsOf";
    description = "a set of ${type.plural}";
    plural = "sets of ${type.plural}";
    check = x: isAttrs x && !(lib.isDerivation x);
    nested = type;
  };
  gather = loc: type: defs:
    mapAttrs (name: found: mergeDefinitions (loc ++ [ name ]) type found)
      (zipAttrsWith (_: found: found)
        (map (d: mapAttrs (name: value: { inherit (d) file; inherit value; at = { inherit name; attrs = d.value; }; }) d.value) defs));
in
types
