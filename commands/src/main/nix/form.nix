# What a file says, told before and apart from the guest system: a set of machines, or a test of NixOS, however it asks for
# the test framework.
#
# file: the network file.
# pkgs: what the file is given for the packages of nixpkgs.
# system: the host's.
# attribute: the names on the way to what is meant, where a file holds more.
# userArguments: what a function in the file is called with before all else.
# answer: of a path that is imported, what is given instead of what is there, or null.
# scopes: whether what a path holds is read with the same eyes.
# stand: a directory whose files stand for those of <nixpkgs> where that is not found; null for none.
{ lib, file, pkgs, system, attribute ? [ ], userArguments ? { }, answer ? _: null, scopes ? _: true, stand ? null }:

let
  inherit (lib) fail;
  inherit (builtins) attrNames isAttrs isFunction;

  # A test framework that hands back what it is given. Every way to it that test files use leads here.
  # What is said to be made of it is the same again.
  capture = test:
    let captured = { nixlabTest = test; } // lib.genAttrs [ "test" "driver" "result" ] (_: captured) // { config = captured; };
    in captured;
  loaded = test: if isFunction test || isAttrs test then test else import' test;
  # make-test-python.nix hands on all that it is called with, testers.nixosTest what a function asks for.
  makeTest = test:
    let
      with' = arguments:
        capture (let content = loaded test; in if isFunction content then content (available // arguments) else content);
    in
    # Whoever holds a set of tests has not called them yet.
    with' { } // { __functor = _: with'; };
  nixosTest = test:
    capture (let content = loaded test; in if isFunction content then call content { } else content);
  framework = { makeTest = capture; simpleTest = capture; runTest = capture; evalTest = capture; inherit pkgs; };
  withTests = set:
    let
      given = { inherit nixosTest; testers = set.testers or { } // { inherit nixosTest; runNixOSTest = capture; }; pkgs = complete; };
      complete = set // given // {
        # Packages are called as ever, but for those that ask for the test framework.
        callPackage = path: arguments:
          let function = loaded path;
          in set.callPackage function (builtins.intersectAttrs (lib.functionArgs function) given // arguments);
      };
    in
    complete;

  import' = path:
    let
      name = baseNameOf (toString path);
      answered = answer path;
    in
    if lib.elem name [ "make-test-python.nix" "make-test.nix" ] then makeTest
    else if lib.elem name [ "testing-python.nix" "testing.nix" ] then _: framework
    else if answered != null then answered
    else if scopes path then read path
    else import path;
  # What <NAME> means.
  find = searchPath: name:
    let
      inside = stand + lib.removePrefix "nixpkgs" name;
      isThere = lib.hasPrefix "nixpkgs/nixos/modules/" name
        || (name == "nixpkgs" || lib.hasPrefix "nixpkgs/" name) && builtins.pathExists inside;
    in
    if isThere && !(builtins.tryEval (builtins.findFile searchPath name)).success then inside else builtins.findFile searchPath name;
  read = builtins.scopedImport ({ import = import'; } // lib.optionalAttrs (stand != null) { __findFile = find; });

  packages = withTests pkgs;
  handleTest = path: arguments: let test = import' path; in if isFunction test then call test arguments else if test ? __functor then test arguments else test;
  available = {
    pkgs = packages;
    hostPkgs = packages;
    inherit (packages) lib;
    inherit system handleTest;
    # Whoever evaluates a test as a module knows more of these.
    config = { };
    options = { };
    nodes = { };
    handleTestOn = _: handleTest;
    callTest = test: test;
    runTest = capture;
    runTestOn = _: capture;
  } // userArguments;

  # What a function cannot do without is found among the packages, too, as `callPackage` has it.
  call = function: arguments:
    let
      formals = lib.functionArgs function;
      needed = lib.filterAttrs (_: isOptional: !isOptional) formals;
      named = builtins.intersectAttrs needed packages // builtins.intersectAttrs formals available;
    in
    function ((if formals == { } then available else named) // userArguments // arguments);
  settle = value: if isFunction value then settle (call value { }) else value;

  # What only a test says.
  words = [ "name" "meta" "nodes" "machine" "containers" "defaults" "nodeDefaults" "testScript" "interactive" "passthru" ]
    ++ [ "enableOCR" "globalTimeout" "skipLint" "skipTypeCheck" "extraPythonPackages" "imports" "options" "config" ];
  saysTest = value:
    value ? testScript && (value ? nodes || value ? machine || value ? containers)
    || (value ? testScript && value ? imports || isAttrs (value.nodes or null)) && lib.all (name: lib.elem name words) (attrNames value);

  isPlain = value: isAttrs value && !(value ? outPath) && !(value ? _type);
  isTest = value: isPlain value && (value ? nixlabTest || saysTest value);
  # nixpkgs marks the sets that it builds whole.
  inner = set: removeAttrs set [ "recurseForDerivations" ];
  isSetOfTests = depth: value:
    depth > 0 && isPlain value && inner value != { }
    && lib.all (each: isTest each || isSetOfTests (depth - 1) each) (lib.attrValues (inner value));
  testsIn = value: lib.concatLists (lib.mapAttrsToList
    (name: each: if isTest each then [{ inherit name; test = each; }] else map (e: e // { name = "${name}.${e.name}"; }) (testsIn each))
    (inner value));
  only = set:
    let tests = testsIn set;
    in
    if lib.length tests == 1 then (lib.head tests).test.nixlabTest or (lib.head tests).test
    else fail {
      message = "the file holds ${toString (lib.length tests)} tests";
      place = file;
      hint = "choose one: ${lib.concatMapStringsSep ", " (each: "${baseNameOf file}#${lib.showOption attribute}${lib.optionalString (attribute != [ ]) "."}${each.name}") (lib.take 20 tests)}"
        + lib.optionalString (lib.length tests > 20) ", ...";
    };
in
{
  inherit call framework read settle withTests;

  # A function as a module that is given what such functions may ask for beside what modules are given.
  asModule = function: arguments:
    let
      formals = lib.functionArgs function;
      given = removeAttrs arguments (attrNames userArguments);
    in
    call function (if formals == { } then given else builtins.intersectAttrs formals given);

  # What a file says of the part that is meant: `raw`, and `content`, which is that with its functions called.
  said = whole:
    let
      step = value: name:
        let set = settle value;
        in
        if isAttrs set && set ? ${name} then set.${name}
        else fail {
          message = "there is no `${lib.showOption attribute}` in the file";
          place = file;
          hint = lib.optionalString (isAttrs set) "it has ${lib.concatStringsSep ", " (lib.take 20 (attrNames set))}";
        };
      raw = builtins.foldl' step whole attribute;
    in
    { inherit raw; content = settle raw; };

  # The test that is said, or null: a set, a module, or the path of one.
  testOf = { raw, content }:
    # A module is called by what evaluates it, which has more to give it.
    if isTest content then content.nixlabTest or (if isFunction raw then raw else content)
    else if isSetOfTests 3 content then only content
    else null;
}
