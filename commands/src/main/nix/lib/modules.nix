# The module system: collects modules, lays their definitions over the declared options, merges by type.
{ lib }:

let
  inherit (builtins) attrNames concatMap elem filter functionArgs head isAttrs isFunction isList isPath isString length
    mapAttrs removeAttrs sort zipAttrsWith;
  inherit (lib) fail placeOf show showKind showOption;

  isProperty = v: v ? _type && elem v._type [ "if" "merge" "override" "order" "located" ];
  ownKeys = [ "_file" "_class" "key" "imports" "require" "disabledModules" "freeformType" "meta" ];

  # --- Collecting -----------------------------------------------------------------------------------------------

  # A module in any of its forms, as { key, file, imports, options, config, freeformType, disabled }.
  normalize = call: read: { key, file, module }:
    let
      isFile = isPath module || isString module;
      path = toString module;
      realFile = if isFile then path else file;
      loaded = if isFile then read file module else module;
      body = if isFunction loaded || loaded ? __functor then call realFile loaded else loaded;
      structured = body ? config || body ? options;
      stray = attrNames (removeAttrs body (ownKeys ++ [ "config" "options" ]));
      named = toString (body._file or realFile);
      listOf = name:
        let list = body.${name} or [ ];
        in if isList list then list
        else fail {
          message = "`${name}` wants a list of modules, not ${showKind list}";
          place = placeOf { file = named; at = { inherit name; attrs = body; }; };
        };
    in
    {
      key = if isFile then path else if isAttrs loaded && loaded ? key then toString loaded.key else key;
      value =
        if !isAttrs body then
          fail { message = "a module must be a function or a set, not ${showKind body}"; place = toString realFile; }
        else if isProperty body then
          { file = named; imports = [ ]; options = { }; config = body; freeform = null; disabled = [ ]; }
        else if structured && stray != [ ] then
          fail {
            message = "a module with `config` or `options` cannot set `${head stray}` beside them";
            place = placeOf { file = named; at = { name = head stray; attrs = body; }; };
            hint = "move `${head stray}` into `config`";
          }
        else {
          file = named;
          imports = listOf "imports" ++ listOf "require";
          options = body.options or { };
          config = if structured then body.config or { } else removeAttrs' body;
          freeform = body.freeformType or null;
          disabled = body.disabledModules or [ ];
        };
    };
  # Keeps the set itself, and with it the positions of its attributes, where nothing has to go.
  removeAttrs' = body: removeAttrs body ownKeys;

  collect = call: read: file: modules:
    let
      items = parent: list: lib.imap0 (i: module: normalize call read { key = "${parent.key}:${toString i}"; inherit (parent) file; inherit module; }) list;
      all = builtins.genericClosure {
        startSet = items { key = ""; inherit file; } modules;
        operator = item: items { inherit (item) key; inherit (item.value) file; } item.value.imports;
      };
      disabled = concatMap (m: map (d: toString (d.key or d)) m.value.disabled) all;
      kept = if disabled == [ ] then all else filter (m: !(lib.any (d: m.key == d || lib.hasSuffix "/${d}" m.key) disabled)) all;
    in
    # Imported modules come before those which import them.
    lib.reverseList (map (m: m.value) kept);

  # --- Definitions ----------------------------------------------------------------------------------------------

  # A definition of a set of options, opened so far that its attributes can be handed on one by one:
  # [{ file, attrs, wrap }], where wrap puts the properties met on the way around an attribute.
  open = loc: def:
    let
      walk = file: at: wrap: v:
        if !isAttrs v then
          fail {
            message = "`${showOption loc}` is a group of options and wants a set, not ${showKind v}";
            place = placeOf { inherit file at; };
          }
        else if !(v ? _type) then [{ inherit file wrap; attrs = v; }]
        else if v._type == "merge" then concatMap (walk file at wrap) v.contents
        else if v._type == "if" then walk file at (x: wrap (lib.mkIf v.condition x)) v.content
        else if v._type == "override" then walk file at (x: wrap (lib.mkOverride v.priority x)) v.content
        else if v._type == "order" then walk file at (x: wrap (lib.mkOrder v.order x)) v.content
        else if v._type == "located" then walk v.file v.at wrap v.content
        else [{ inherit file wrap; attrs = v; }];
    in
    walk def.file (def.at or null) (x: x) def.value;

  # The definitions of each attribute, by its name. Nix tells in errors where an attribute is that was selected.
  below = opened: zipAttrsWith (_: found: found) (map
    (d: mapAttrs (name: _: { inherit (d) file; value = d.wrap d.attrs.${name}; at = { inherit name; inherit (d) attrs; }; }) d.attrs)
    opened);

  # All values a definition stands for: [{ file, at, value, priority, order }]. False conditions vanish.
  discharge = def:
    let
      walk = file: at: priority: order: v:
        if !(isAttrs v && v ? _type) then [{ inherit file at priority order; value = v; }]
        else if v._type == "if" then
          (if builtins.isBool v.condition then (if v.condition then walk file at priority order v.content else [ ])
          else fail { message = "the condition of a mkIf must be a boolean, not ${showKind v.condition}"; place = placeOf { inherit file at; }; })
        else if v._type == "merge" then concatMap (walk file at priority order) v.contents
        else if v._type == "override" then walk file at v.priority order v.content
        else if v._type == "order" then walk file at priority v.order v.content
        else if v._type == "located" then walk v.file v.at priority order v.content
        else [{ inherit file at priority order; value = v; }];
    in
    walk def.file (def.at or null) 100 1000 def.value;

  # Merges the definitions of one option or element by its type.
  mergeDefinitions = loc: type: defs:
    let
      values = concatMap discharge defs;
      best = builtins.foldl' (low: d: if d.priority < low then d.priority else low) 9999 values;
      strongest = filter (d: d.priority == best) values;
      ordered =
        if lib.any (d: d.order != 1000) strongest then sort (a: b: a.order < b.order) strongest else strongest;
      bad = filter (d: !(type.check d.value)) ordered;
    in
    {
      inherit values;
      isDefined = values != [ ];
      priority = best;
      definitions = ordered;
      value = if bad == [ ] then type.merge loc ordered else wrongType loc type (head bad);
    };

  wrongType = loc: type: def:
    fail {
      message = "option `${showOption loc}` wants ${type.description}, not ${showKind def.value}";
      place = placeOf def;
    };

  # --- Options --------------------------------------------------------------------------------------------------

  evalOption = origin: loc: decls: defs:
    let
      first = head decls;
      declared =
        if length decls == 1 then first.decl
        else lib.foldl' (a: d: mergeDeclarations loc a d) first (lib.tail decls);
      option = if length decls == 1 then declared else declared.decl;
      type = option.type or lib.types.unspecified;
      fallback = lib.optional (option ? default) { inherit (first) file; value = lib.mkOptionDefault option.default; };
      # Most options have nothing but a default, which needs no weighing.
      given = { inherit (first) file; at = null; priority = 1500; order = 1000; value = option.default; };
      merged =
        if defs == [ ] && option ? default && !(isAttrs option.default && isProperty option.default) then {
          values = [ given ];
          isDefined = true;
          priority = 1500;
          definitions = [ given ];
          value = if type.check option.default then type.merge loc [ given ] else wrongType loc type given;
        }
        else mergeDefinitions loc type (defs ++ fallback);
      value =
        if defs != [ ] && option.readOnly or false && length merged.values > 1 then
          fail { message = "option `${showOption loc}` is read-only"; place = placeOf (head defs); }
        else if option ? current then option.current
        else if merged.isDefined then merged.value
        else fail {
          message = "option `${showOption loc}` is used but has no value";
          place = placeOf origin;
          hint = "set it: it wants ${type.description}";
        };
    in
    option // {
      inherit loc type;
      declarations = map (d: d.file) decls;
      # Whoever says something, even if it does not count in the end.
      definedIn = map (d: toString d.file) defs;
      value = if option ? apply then option.apply value else value;
      isDefined = lib.any (d: d.priority < 1500) merged.values;
      highestPrio = merged.priority;
      files = map (d: toString d.file) (filter (d: d.priority < 1500) merged.definitions);
      definitionsWithLocations = merged.definitions;
      definitions = map (d: d.value) merged.definitions;
      # The definitions as they were made, to be made again under another name.
      definedAs = map (d: lib.mkOverride d.priority (lib.mkOrder d.order { _type = "located"; inherit (d) file at; content = d.value; }))
        (filter (d: d.priority < 1500) merged.values);
    };

  mergeDeclarations = loc: a: b:
    let
      both = a.decl ? type && b.decl ? type;
      type = if both then lib.types.merged a.decl.type b.decl.type else null;
    in
    if both && type == null || a.decl ? default && b.decl ? default && a.decl.default != b.decl.default then
      fail {
        message = "option `${showOption loc}` is declared twice";
        place = toString b.file;
        hint = "the other declaration is in ${toString a.file}";
      }
    else if both then { inherit (a) file; decl = a.decl // b.decl // { inherit type; }; }
    else { inherit (a) file; decl = a.decl // b.decl; };

  # The tree of options below a path: its values, its options, and what is to be said of its definitions: those that fit
  # no option, and options (`unheeded`) that have definitions but no effect. One walk finds both.
  evalTree = origin: prefix: decls: opened:
    let
      byName = zipAttrsWith (_: found: found)
        (map (d: mapAttrs (_: decl: { inherit (d) file; inherit decl; }) d.options) decls);
      defined = below opened;
      results = mapAttrs
        (name: found:
          let
            loc = prefix ++ [ name ];
            here = defined.${name} or [ ];
            leaves = filter (d: (d.decl._type or null) == "option") found;
          in
          if leaves == [ ] then
            evalTree origin loc (map (d: { inherit (d) file; options = d.decl; }) found) (concatMap (open loc) here)
          else if length leaves == length found then
            let option = evalOption origin loc leaves here;
            in {
              config = option.value;
              options = option;
              strays = if (head leaves).decl.inert or false && here != [ ] then [{ unheeded = option; }] else [ ];
            }
          else if lib.all (d: isOpenToAll d.decl) leaves then
            let option = evalOption origin loc (map asOne found) here;
            in { config = option.value; options = option; strays = [ ]; }
          else fail { message = "`${showOption loc}` is declared as an option and as a group of options"; place = toString (head leaves).file; })
        byName;
      ownStrays = concatMap
        (d: map
          (name: {
            inherit prefix name;
            inherit (d) file;
            at = { inherit name; inherit (d) attrs; };
            value = d.wrap d.attrs.${name};
            # Whoever mistypes a name hardly means what has no effect.
            siblings = filter (name: !(lib.any (d: d.decl.inert or false) byName.${name})) (attrNames byName);
          })
          (filter (name: !(byName ? ${name}) && !(prefix == [ ] && name == "_module")) (attrNames d.attrs)))
        opened;
    in
    {
      config = mapAttrs (_: r: r.config) results;
      options = mapAttrs (_: r: r.options) results;
      # Where nothing is defined, nothing is stray, and most options are never looked at.
      strays = ownStrays ++ concatMap (name: results.${name}.strays) (attrNames (builtins.intersectAttrs defined results));
    };

  # An option that is a set of options, or may be anything, gets further ones from who declares a group in its place.
  isOpenToAll = decl: decl.type.name or "" == "submodule" || decl.inert or false && decl.type.name or "" == "attrsOf";
  asOne = d:
    let
      isOption = d.decl._type or null == "option";
      free = lib.types.submodule { freeformType = d.decl.type; };
      group = lib.mkOption { type = lib.types.submodule { options = d.decl; }; };
    in
    d // { decl = if !isOption then group else if d.decl.type.name == "submodule" then d.decl else d.decl // { type = free; }; };

  unknownOption = prefix: options: stray:
    let
      full = showOption (stray.prefix ++ [ stray.name ]);
      visible = filter (name: name != "_module" && name != "nixlab") stray.siblings;
      near = map (name: showOption (stray.prefix ++ [ name ])) (lib.nearest stray.name visible);
      elsewhere = lib.optionals (near == [ ] && prefix == [ ]) (lib.take 3 (namesake options stray.name));
      candidates = near ++ elsewhere;
    in
    {
      message = "unknown option `${full}`";
      place = placeOf stray;
      hint =
        if candidates != [ ] then lib.didYouMean candidates
        else if prefix == [ ] && stray.prefix == [ ] || visible == [ ] || length visible > 12 then "`options` in the shell lists the options there are"
        else "supported here: ${lib.concatStringsSep ", " visible}";
    };

  # Options elsewhere in the tree whose last part is the given name.
  namesake = options: name:
    let
      walk = path: set: concatMap
        (n:
          let here = set.${n};
          in
          if (here._type or null) == "option" then lib.optional (n == name && here.visible or true != false) (showOption (path ++ [ n ]))
          else lib.optional (n == name) (showOption (path ++ [ n ])) ++ walk (path ++ [ n ]) here)
        (attrNames set);
    in
    walk [ ] (removeAttrs options [ "_module" "nixlab" ]);
in
{
  inherit mergeDefinitions;

  # What modules set that is none of the options of another module system, as complaints. arguments: what they are called with.
  unknownOptions = { modules, arguments, options, read, file }:
    let
      call = _: module:
        let formals = functionArgs module;
        in module (if formals == { } then arguments else builtins.intersectAttrs formals arguments);
      tree = evalTree { inherit file; at = null; } [ ] [{ inherit file options; }]
        (concatMap (m: open [ ] { inherit (m) file; value = m.config; }) (collect call read file modules));
    in
    map (unknownOption [ ] options) tree.strays;

  # Evaluates modules to { config, options }. `prefix` is where the result stands in its parent's options; `file` and
  # `at` are where its definitions come from, for messages; `read` gives what the file of a module holds, of
  # the file that names it and its path.
  evalModules = { modules, specialArgs ? { }, read ? _: path: import path, prefix ? [ ], file ? "<unknown-file>", at ? null, check ? true, class ? null }:
    let
      args = { inherit lib config options; } // specialArgs;
      call = from: f:
        let wanted = removeAttrs (lib.functionArgs f) (attrNames args);
        in
        if wanted == { } then f args
        else f (args // mapAttrs
          (name: _:
            tree.config._module.args.${name} or (fail {
              message = "a module asks for the argument `${name}`, which nobody supplies";
              place = toString from;
              hint = "modules are given config, options, lib, pkgs, name, nodes, modulesPath and what `_module.args` holds";
            }))
          wanted);
      moduleOptions._module = {
        args = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.raw; default = { }; internal = true; };
        check = lib.mkOption { type = lib.types.bool; default = check; internal = true; };
        freeformType = lib.mkOption { type = lib.types.raw; default = null; internal = true; };
      };
      collected = collect call read file modules;
      tree = evalTree { inherit file at; } prefix
        ([{ file = "nixlab"; options = moduleOptions; }] ++ map (m: { inherit (m) file options; }) collected)
        (concatMap (m: open prefix { inherit (m) file; value = m.config; }) collected);
      strays = filter (s: !(s ? unheeded)) tree.strays;
      freeforms = filter (t: t != null) (map (m: m.freeform) collected);
      freeform = if freeforms != [ ] then head freeforms else tree.config._module.freeformType;
      depth = length prefix;
      free = freeform.merge prefix (map
        (s: {
          inherit (s) file at;
          priority = 100;
          order = 1000;
          value = lib.setAttrByPath (lib.drop depth s.prefix ++ [ s.name ]) s.value;
        })
        strays);
      bare = removeAttrs tree.config [ "_module" ];
      settled =
        if strays == [ ] then bare
        else if freeforms != [ ] || tree.config._module.freeformType != null then lib.recursiveUpdate free bare
        else if tree.config._module.check then
          lib.failInspite (map (unknownOption prefix tree.options) strays) bare
        else bare;
      # Modules see the values without the check: it would need all definitions before the first value.
      config = if freeforms == [ ] then tree.config else lib.recursiveUpdate free bare;
      options = tree.options;
    in
    {
      inherit options class;
      unheeded = filter (option: option.isDefined) (builtins.catAttrs "unheeded" tree.strays);
      config = settled;
      unchecked = tree.config;
      _module = tree.config._module;
      type = "evaluated";
    };
}
