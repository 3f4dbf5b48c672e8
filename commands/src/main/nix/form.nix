# What a file says, told before and apart from the guest system: machines, a test of NixOS, or systems that are evaluated,
# however it asks for the test framework and in whose form it is written.
#
# file: the network file.
# pkgs: what the file is given for the packages of nixpkgs.
# system: the host's.
# attribute: the names on the way to what is meant, where a file holds more.
# userArguments: what a function in the file is called with before all else.
# near: what a flake beside the file has to give: `self`, `inputs`.
# answer: of a path that is imported, what is given instead of what is there, or null.
# scopes: whether what a path holds is read with the same eyes.
# scope: what names mean in files beside that. evaluators: what the packages have for evaluating systems.
# one: what a single machine is called; null: after its host name, or its file.
# what: what is meant, for messages.
# called: what the names of its parts are written behind.
# patient: whether what nobody supplies may turn out not to be needed, as where all of a network is read before any is made.
# stand: a directory whose files stand for those of <nixpkgs> where that is not found; null for none.
# others: what stands for <NAME> where that is not found, or null.
{ lib, file, pkgs, system, attribute ? [ ], userArguments ? { }, near ? { }, answer ? _: null, scopes ? _: true, patient ? false, stand ? null, others ? _: null, scope ? { }, evaluators ? { }, one ? null, what ? "the file", called ? "${baseNameOf file}#" }:

let
  inherit (lib) fail;
  inherit (builtins) attrNames isAttrs isFunction isList isPath isString;
  words = import ./words.nix;

  framework = import ./frameworks.nix { inherit lib pkgs answer scopes stand others scope evaluators arguments; };
  packages = framework.withTests pkgs;
  standing = [ "config" "options" "nodes" "name" "modulesPath" "utils" "specialArgs" ];
  available = near // {
    pkgs = packages;
    hostPkgs = packages;
    inherit (packages) lib testers nixosTest;
    inherit system handleTest;
    inherit (lib) recurseIntoAttrs;
    # Whoever evaluates a test or a configuration as a module knows more of these.
    config = { };
    options = { };
    nodes = { };
    name = throw "not yet";
    modulesPath = throw "not yet";
    utils = { };
    specialArgs = { };
    handleTestOn = _: handleTest;
    callTest = test: test;
    makeTest = framework.capture;
    runTest = framework.capture;
    runTestOn = _: framework.capture;
  };
  handleTest = path: given:
    let test = framework.load path;
    in if isFunction test then arguments.call test given else if test ? __functor then test given else test;
  arguments = import ./arguments.nix { inherit lib file attribute available standing packages userArguments patient; };

  isPlain = value: isAttrs value && !(value ? outPath) && !(value ? _type);
  all = words: value: lib.all (name: lib.elem name words) (attrNames value);

  saysTest = value:
    value ? testScript && lib.any (word: value ? ${word}) [ "nodes" "machine" "containers" "roles" ]
    || (value ? testScript && value ? imports || isAttrs (value.nodes or value.roles or null)) && all words.test value;
  isTest = value: isPlain value && (value ? nixlabTest || saysTest value);

  # nixpkgs marks the sets that it builds whole, and hands on what made them.
  inner = set: builtins.mapAttrs (_: tried) (removeAttrs set [ "recurseForDerivations" "passthru" ]);
  # What stands beside tests need not be anything for these guests.
  tried = value: let result = builtins.tryEval value; in if result.success then result.value else null;
  isAside = value: value == null || isAttrs value && (value.type or null) == "derivation";
  # Networks and machines are looked into no further than at what they are called.
  isOfMachines = value: lib.any (name: value ? ${name}) ([ "meta" ] ++ words.network) || all (words.groups ++ words.module) value;
  isSetOfTests = depth: value:
    depth > 0 && isPlain value && inner value != { } && !(isOfMachines value)
    && (lib.any (each: isPlain each && each ? nixlabTest) (lib.attrValues (inner value))
    || lib.all (each: isTest each || isAside each || isSetOfTests (depth - 1) each) (lib.attrValues (inner value)) && testsIn depth value != [ ]);
  testsIn = depth: value: lib.concatLists (lib.mapAttrsToList
    (name: each:
      if isTest each then [{ inherit name; test = each; }]
      else if isSetOfTests (depth - 1) each then map (e: e // { name = "${name}.${e.name}"; }) (testsIn (depth - 1) each)
      else [ ])
    (inner value));
  only = set:
    let
      tests = testsIn 3 set;
      shown = name: "${called}${lib.optionalString (attribute != [ ]) "${lib.showOption attribute}."}${name}";
    in
    if lib.length tests == 1 then (lib.head tests).test.nixlabTest or (lib.head tests).test
    else fail {
      message = "${what} holds ${toString (lib.length tests)} tests";
      place = file;
      hint = "choose one: ${lib.concatMapStringsSep ", " (each: shown each.name) (lib.take 20 tests)}"
        + lib.optionalString (lib.length tests > 20) ", ...";
    };

  # The functions that a test is, or that tests in a set may be.
  asks = value:
    if isPlain value && value ? nixlabTest then lib.filter isFunction [ value.nixlabTest (value.nixlabAsks or null) ]
    else if isSetOfTests 3 value then lib.concatMap (each: asks each.test) (testsIn 3 value)
    else [ ];

  isSystem = value: isAttrs value && value ? extendModules && value ? config;
  areSystems = value: isAttrs value && inner value != { } && lib.all isSystem (lib.attrValues (inner value));
  # The configurations of systems by name, or null.
  systemsIn = value:
    if isSystem value then { ${if value ? nixlabSystem then alone value.nixlabSystem.modules else alone [ value.config ]} = value; }
    else if areSystems value then inner value
    else if isAttrs value && !(value ? outPath && value ? type) && areSystems (value.nixosConfigurations or null) then inner value.nixosConfigurations
    else null;

  isModule = value:
    isPath value || isFunction value || isString value && lib.hasPrefix "/" value || isAttrs value && !(value ? outPath);
  # A module that is no set of machines: it imports something, or sets something in a group of options. A machine may be called
  # like a group, but what it holds are groups then.
  isConfiguration = value:
    let
      isGroup = name: lib.elem name words.groups;
      holdsOptions = name:
        isGroup name && isAttrs value.${name} && value.${name} != { } && !(value.${name} ? outPath) && !(value.${name} ? imports) && !(all (words.groups ++ words.module) value.${name});
      isOther = name: isGroup name || lib.elem name words.module || !(isFunction value.${name} || isPath value.${name});
    in
    isList (value.imports or null)
    || value ? config && value ? options
    || lib.any holdsOptions (attrNames value) && lib.all isOther (attrNames value);

  # What a single configuration is called: after its host name, where that is easily seen, or its file.
  alone = modules:
    let
      hostName = module:
        let found = builtins.tryEval (module.networking.hostName or "");
        in if isAttrs module && found.success && isString found.value then found.value else "";
      plain = name: lib.concatStrings (map (part: if isString part then part else "-") (builtins.split "[^A-Za-z0-9_-]+" name));
      fromFile =
        let base = lib.removeSuffix ".nix" (baseNameOf file);
        in if lib.elem base [ "default" "configuration" "flake" ] then baseNameOf (dirOf file) else base;
      trimmed = builtins.match "[^A-Za-z0-9]*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9_-]*[A-Za-z0-9])[^A-Za-z0-9]*" (plain (if attribute == [ ] then fromFile else lib.last attribute));
      said = lib.filter (name: name != "") (map hostName modules);
    in
    if one != null then one else if said != [ ] then lib.head said else if trimmed == null then "machine" else lib.head trimmed;
  single = module: said:
    let name = alone said;
    in builtins.trace "nixlab: the file is the configuration of one machine, which is called ${name}" { ${name} = module; };

  # A module, as what evaluates modules knows it, whose functions get what ours do.
  asModule = change: module:
    let
      extra = [ "system" "testers" "nixosTest" "handleTest" ] ++ attrNames (near // userArguments);
      formals = lib.functionArgs module;
      ours = builtins.intersectAttrs formals (lib.genAttrs extra (name: (available // userArguments).${name}));
    in
    if isFunction module then {
      __functor = _: given: change (module ((if formals == { } then given else builtins.intersectAttrs formals given) // ours));
      __functionArgs = removeAttrs formals extra;
    }
    else if isAttrs module then change module
    else module;
  # Machines of other kinds are machines.
  asTest = asModule asMachines;
  asMachines = content:
    let
      counted = name: role:
        let count = (content.rolesDistribution or { }).${name} or 1;
        in
        if isList count then lib.genAttrs count (_: role)
        else if count == 1 then { ${name} = role; }
        else lib.listToAttrs (map (number: { name = "${name}${toString number}"; value = role; }) (lib.range 1 count));
      roles = lib.mergeAttrsList (lib.mapAttrsToList counted content.roles);
      contained = lib.mapAttrs
        (_: container: { imports = [ content.containerDefaults container ]; })
        content.containers;
      others = (if content ? roles then roles else { }) // (if content ? containerDefaults then contained else content.containers or { })
        // builtins.intersectAttrs { machine = null; } content;
      told = value:
        if content.containers or { } == { } then value
        else builtins.trace "nixlab: the containers of the test run as virtual machines: ${lib.concatStringsSep " " (attrNames content.containers)}" value;
    in
    if !(isAttrs content) || others == { } then content
    else told (removeAttrs content ([ "machine" "containers" "containerDefaults" ] ++ words.compositions)
      // { nodes = others // content.nodes or { }; _file = content._file or file; });
in
{
  inherit available;
  inherit (arguments) call settle;
  inherit (framework) framework read withTests;

  # What a file says of the part that is meant: `raw`, and `content`, which is that with its functions called.
  said = whole:
    let
      step = seen: name:
        let set = arguments.follow seen.functions seen.value;
        in
        if isAttrs set.value && set.value ? ${name} then { value = set.value.${name}; inherit (set) functions; }
        else fail {
          message = "there is no `${lib.showOption attribute}` in the file";
          place = file;
          hint = lib.optionalString (isAttrs set.value) "it has ${lib.concatStringsSep ", " (lib.take 20 (attrNames set.value))}";
        };
      seen = builtins.foldl' step { value = whole; functions = [ ]; } attribute;
      followed = arguments.follow seen.functions seen.value;
      # Of several functions in a row the last is the module.
      raw = if lib.length followed.functions == lib.length seen.functions then seen.value else lib.last followed.functions;
    in
    builtins.seq (arguments.heard (followed.functions ++ asks followed.value)) { inherit raw; content = followed.value; };

  # One of { test }, { systems } and { network }.
  recognise = { raw, content }:
    let systems = systemsIn content;
    in
    if baseNameOf file == "flake.nix" && isAttrs content && isFunction (content.outputs or null) then
      fail {
        message = "the file is a flake";
        place = file;
        hint = "name its directory, or one of its outputs: ${dirOf file}#NAME";
      }
    else if systems != null then { inherit systems; }
    # A module is called by what evaluates it, which has more to give it.
    else if isTest content then { test = asTest (content.nixlabTest or (if isFunction raw then raw else content)); }
    else if isPlain content && content.recurseForDerivations or false == true && inner content == { } then
      fail {
        message = "${what} holds no test";
        place = file;
        hint = "it makes its tests for packages that there are not";
      }
    else if isSetOfTests 3 content then { test = asTest (only content); }
    else if isList content && content != [ ] && lib.all isModule content then { network = single { imports = content; } content; }
    else if isAttrs content && !(lib.isDerivation content) && (content._type or null != null || isConfiguration content) then
      { network = single (asModule (module: module) raw) [ content ]; }
    else { network = content; };
}
