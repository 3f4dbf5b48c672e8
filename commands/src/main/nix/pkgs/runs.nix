# What scripts make of packages and files, as nixpkgs has builders make it: the host runs them with Debian's tools when it
# puts the machine together. What they make is not there yet when the network is evaluated.
{ lib, pkgs }:

let
  inherit (import ./recipes.nix { inherit lib; }) item;

  setup = builtins.readFile ./setup.bash;
  compilers = [ "build-essential" ];
  inputNames = [ "nativeBuildInputs" "buildInputs" "propagatedNativeBuildInputs" "propagatedBuildInputs" "nativeCheckInputs" "checkInputs" ];
  # What is said of a build and not to it.
  aside = [ "meta" "passthru" "name" "pname" "version" "outputs" "args" "builder" ] ++ inputNames;

  text = value:
    if value == null || value == false then ""
    else if value == true then "1"
    else if builtins.isPath value then "${value}"
    else if builtins.isList value then lib.concatMapStringsSep " " text value
    else toString value;
  isVariable = name: value:
    !(lib.elem name aside) && builtins.match "[A-Za-z_][A-Za-z0-9_]*" name != null
    && !(builtins.isFunction value) && (!(builtins.isAttrs value) || value ? outPath || value ? __toString);

  # A change names what was before, and may name what comes of it too.
  changed = change: attrs:
    let first = if builtins.isFunction change then change attrs else change;
    in if builtins.isFunction first then change (attrs // first attrs) attrs else first;

  # attrs: as for `stdenv.mkDerivation`. packages: Debian packages that are there as well. again: makes another of other such.
  make = { attrs, script, packages, again }:
    let
      name = attrs.name or "${attrs.pname}${lib.optionalString (attrs ? version) "-${attrs.version}"}";
      inputs = lib.filter (input: input != null) (lib.concatMap (n: lib.flatten (attrs.${n} or [ ])) inputNames);
      found = lib.concatMapStrings (input: "export PATH=\"${input}/bin:$PATH\"\n") (lib.reverseList inputs);
      mainProgram = attrs.pname or name;
      several = lib.filter (output: output != "out") (attrs.outputs or [ ]);
      made = item {
        name = lib.sanitizeName name;
        content = {
          kind = "run";
          text = found + setup + script;
          environment = lib.mapAttrs (_: text) (lib.filterAttrs isVariable attrs) // { inherit name; }
            // lib.optionalAttrs (attrs ? pname) { inherit (attrs) pname; } // lib.optionalAttrs (attrs ? version) { inherit (attrs) version; };
          packages = lib.unique (packages ++ lib.concatMap (input: input.debianPackages or [ ]) inputs);
        };
        inherit mainProgram;
        attrs = {
          meta = { inherit mainProgram; } // attrs.meta;
          passthru = attrs.passthru or { };
          pname = attrs.pname or name;
          version = attrs.version or "";
          # Which programs there are is not known: the whole directory is searched.
          isSearched = true;
          overrideAttrs = change: again (attrs // changed change attrs);
          override = _: made;
        } // attrs.passthru or { };
      };
    in
    if several == [ ] then made
    else lib.fail {
      message = "`${name}` has the outputs ${lib.concatStringsSep ", " several}, and what Debian guests have made has but one";
      place = lib.placeOf { file = null; at = { name = "outputs"; inherit attrs; }; };
      hint = "leave `outputs` out";
    };

  mkDerivationWith = packages: said:
    let
      attrs = { meta = { }; } // (if builtins.isFunction said then lib.fix said else said);
      again = attrs: make {
        inherit attrs packages again;
        script =
          if attrs ? builder then "${lib.concatMapStringsSep " " lib.escapeShellArg ([ "${attrs.builder}" ] ++ map text (attrs.args or [ ]))}\n"
          else "makeAll\n";
      };
    in
    again attrs;
  runCommandWith = packages: name: env: buildCommand: mkDerivationWith packages (env // { inherit name buildCommand; });
in
{
  runCommand = runCommandWith [ ];
  runCommandLocal = runCommandWith [ ];
  runCommandNoCC = runCommandWith [ ];
  runCommandCC = runCommandWith compilers;
  # A function of the scripts.
  makeWrapper = pkgs.bash;
  makeBinaryWrapper = pkgs.bash;
  stdenv.mkDerivation = mkDerivationWith compilers;
  stdenvNoCC.mkDerivation = mkDerivationWith [ ];
}
