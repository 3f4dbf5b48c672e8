# Our `lib` beside that of a nixpkgs tree: the calls that differ, and the functions that no call tries.
#
# ours, tree: paths of directories; without a tree only whether every call can be made with ours.
{ ours, tree ? null }:

let
  calls = import ./lib-calls.nix;
  lib = import ours;
  theirs = import tree;
  # Words of our own, and what stands for what is not there.
  own = [ "alias" "charCode" "collectAttrs" "didYouMean" "escapeSystemdPath" "fail" "failInspite" "hasPrefixList" "hex2" "idle" "inert" "internal" "nearest" "not" "obsolete" "option" "placeOf" "recursiveMerge" "renameKeys" "sanitizeName" "show" "showKind" "showSet" "boolToInt" "unknownOptions" ]
    ++ [ "isInOldestRelease" "oldestSupportedReleaseIsAtLeast" "overrideDerivation" "mkAliasOptionModuleMD" "mdDoc" "literalExample" "literalDocBook" "sanitizeDerivationName" ];
  names = builtins.attrNames calls;
  tried = name: calls ? ${name} || builtins.any (call: builtins.match ".*\\.${builtins.replaceStrings [ "'" ] [ "'" ] name}" call != null) names;
  path = name: builtins.filter builtins.isString (builtins.split "\\." (builtins.head (builtins.split " " name)));
  has = set: path: path == [ ] || builtins.isAttrs set && set ? ${builtins.head path} && has set.${builtins.head path} (builtins.tail path);
  result = lib: name:
    let value = builtins.tryEval (let v = calls.${name} lib; in builtins.deepSeq v v);
    in if value.success then value.value else "<failure>";
in
{
  untried = builtins.filter
    (name: builtins.isFunction lib.${name} && !(builtins ? ${name}) && !(builtins.elem name own) && !(tried name))
    (builtins.attrNames lib);
  failing = builtins.filter (name: result lib name == "<failure>") names;
  different =
    if tree == null then [ ]
    else builtins.concatMap
      (name:
        if !(has theirs (path name)) then [ ]
        else
          let
            a = result lib name;
            b = result theirs name;
          in
          if a == b then [ ] else [ { inherit name; ours = a; theirs = b; } ])
      names;
}
