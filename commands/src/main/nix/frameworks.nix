# A test framework that hands back what it is given. Every way to it that files use leads here, and what is read is read with
# eyes that see it so.
#
# pkgs, answer, scopes, stand, others, scope, evaluators: as for `form.nix`.
# arguments: what `arguments.nix` gives.
{ lib, pkgs, answer, scopes, stand, others, scope, evaluators, arguments }:

let
  inherit (builtins) isAttrs isFunction;
  inherit (arguments) call;

  # What is said to be made of it is the same again.
  capture = test: captureOf test test;
  captureOf = asks: test:
    let captured = { nixlabTest = test; nixlabAsks = asks; } // lib.genAttrs [ "test" "driver" "driverInteractive" "result" ] (_: captured) // { config = captured; };
    in captured;
  loaded = test: if isFunction test || isAttrs test then test else import' test;
  # make-test-python.nix hands on all that it is called with, testers.nixosTest what a function asks for.
  makeTest = test:
    let
      with' = given:
        let content = loaded test;
        in captureOf content (if isFunction content then call content given else content);
    in
    # Whoever holds a set of tests has not called them yet.
    with' { } // { __functor = _: with'; };
  nixosTest = test:
    let content = loaded test;
    in captureOf content (if isFunction content then call content { } else content);
  framework = { makeTest = capture; simpleTest = capture; runTest = capture; evalTest = capture; inherit pkgs; };
  withTests = set:
    let
      given = { inherit nixosTest; testers = set.testers or { } // { inherit nixosTest; runNixOSTest = capture; }; pkgs = complete; };
      complete = set // given // evaluators // {
        extend = overlay: withTests (set.extend overlay);
        # Packages are called as ever, but for those that ask for the test framework.
        callPackage = path: arguments:
          let function = loaded path;
          in set.callPackage function (builtins.intersectAttrs (lib.functionArgs function) given // arguments);
      };
    in
    complete;

  makers = [ "make-test-python.nix" "make-test.nix" ];
  frameworks = [ "testing-python.nix" "testing.nix" ];
  import' = path:
    let
      name = baseNameOf (toString path);
      answered = answer path;
    in
    if lib.elem name makers then makeTest
    else if lib.elem name frameworks then _: framework
    else if answered != null then answered
    else if stand != null && lib.hasPrefix "${toString stand}/" (toString path) && !(builtins.pathExists path) then
      lib.fail {
        message = "Debian guests have no ${lib.removePrefix "${toString stand}/" (toString path)} of nixpkgs";
        hint = "`options` in the shell lists the options there are; --guest nixos has all of nixpkgs";
      }
    else if scopes path then read path
    else import path;
  # What <NAME> means.
  find = searchPath: name:
    let
      inside = stand + lib.removePrefix "nixpkgs" name;
      isNixpkgs = name == "nixpkgs" || lib.hasPrefix "nixpkgs/" name;
      stands = stand != null && (lib.hasPrefix "nixpkgs/nixos/modules/" name || isNixpkgs && builtins.pathExists inside);
      # Newer trees lack some of them, and nobody reads them.
      isKnown = isNixpkgs && lib.elem (baseNameOf name) (makers ++ frameworks);
      isMissing = !(builtins.tryEval (builtins.findFile searchPath name)).success;
    in
    if stands && isMissing then inside
    else if isKnown && isMissing then /. + name
    else if isMissing && others name != null then others name
    else builtins.findFile searchPath name;
  read = builtins.scopedImport (scope // { import = import'; __findFile = find; });
in
{ inherit capture framework nixosTest read withTests; load = import'; }
