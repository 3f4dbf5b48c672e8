# nixlab's own `lib`: the functions that configurations use, under the names that nixpkgs gave them.
#
# tell: null, or what is told of every failure before it comes to it; what can go on in spite of one does so then.
{ tell ? null }:

let
  parts = {
    lists = import ./lists.nix { inherit lib; };
    strings = import ./strings.nix { inherit lib; };
    attrsets = import ./attrsets.nix { inherit lib; };
    trivial' = import ./trivial.nix { inherit lib; };
    errors = import ./errors.nix { inherit lib tell; };
    options = import ./options.nix { inherit lib; };
    modules = import ./modules.nix { inherit lib; };
    packages = import ./packages.nix { inherit lib; };
    files = import ./files.nix { inherit lib; };
    stringsWithDeps = import ./strings-with-deps.nix { inherit lib; };
    cli = import ./cli.nix { inherit lib; };
  };
  flat = parts.trivial' // parts.strings // parts.lists // parts.attrsets // parts.errors // parts.options // parts.modules
    // builtins.removeAttrs parts.packages [ "defaultPriority" "availableOn" ] // parts.files // parts.stringsWithDeps;
  lib = flat // {
    inherit (parts) stringsWithDeps cli;
    strings = parts.strings // {
      inherit (builtins) compareVersions elem elemAt filter genList head isAttrs isInt isList isPath readFile storeDir tail typeOf;
    };
    # These mean something else among strings.
    lists = parts.lists // {
      hasPrefix = parts.lists.hasPrefixList;
      removePrefix = prefix: list:
        if parts.lists.hasPrefixList prefix list then parts.lists.drop (builtins.length prefix) list
        else throw "lists.removePrefix: the list does not begin so";
    };
    attrsets = parts.attrsets // { inherit (flat) cartesianProduct; };
    options = parts.options // { inherit (flat) showOption; };
    modules = parts.modules // parts.options // rec {
      setDefaultModuleLocation = file: module: { _file = toString file; imports = [ module ]; };
      importApply = file: arguments: setDefaultModuleLocation file (import file arguments);
      importJSON = file: { _file = toString file; config = flat.importJSON file; };
      importTOML = file: { _file = toString file; config = flat.importTOML file; };
      mkAliasIfDef = option: parts.options.mkIf option.isDefined;
    };
    trivial = parts.trivial' // parts.trivial'.trivial // { inherit (flat) boolToString concat mergeAttrs; };
    types = import ./types.nix { inherit lib; };
    generators = import ./generators.nix { inherit lib; };
    meta = parts.packages // { inherit (flat) getExe getExe'; };
    customisation = { inherit (flat) makeOverridable callPackageWith callPackagesWith makeScope extendDerivation overrideDerivation; };
    fixedPoints = {
      inherit (flat) fix fix' converge extends composeExtensions composeManyExtensions toExtension makeExtensible
        makeExtensibleWithCustomName;
    };
    asserts = { inherit (flat) assertMsg assertOneOf assertEachOneOf; };
    debug = { inherit (flat) traceIf traceVal traceValFn traceSeq traceValSeq traceValSeqFn; };
    sources = { inherit (flat) cleanSource cleanSourceFilter cleanSourceWith sourceByRegex sourceFilesBySuffices pathType pathIsDirectory pathIsRegularFile; };
    filesystem = { inherit (flat) pathType pathIsDirectory pathIsRegularFile listFilesRecursive; };
    path.append = path: rest: path + "/${rest}";
    versions = rec {
      splitVersion = builtins.splitVersion;
      major = v: builtins.elemAt (splitVersion v) 0;
      minor = v: builtins.elemAt (splitVersion v) 1;
      patch = v: builtins.elemAt (splitVersion v) 2;
      majorMinor = v: "${major v}.${minor v}";
      pad = n: v:
        let parts = splitVersion v;
        in flat.concatStringsSep "." (flat.take n (parts ++ flat.replicate n "0"));
    };
    # `lib.extend` is of use only to nixpkgs itself.
    inherit lib;
  };
in
lib
