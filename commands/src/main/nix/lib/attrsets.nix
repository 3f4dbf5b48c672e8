# Attribute sets: what configurations use, on top of the builtins.
{ lib }:

let
  inherit (builtins) attrNames attrValues concatMap elemAt filter foldl' head isAttrs length listToAttrs mapAttrs tail;
in
rec {
  inherit (builtins) attrNames attrValues catAttrs hasAttr intersectAttrs isAttrs listToAttrs mapAttrs removeAttrs zipAttrsWith;
  inherit (builtins) getAttr;

  nameValuePair = name: value: { inherit name value; };
  genAttrs = names: f: listToAttrs (map (name: { inherit name; value = f name; }) names);
  genAttrs' = items: f: listToAttrs (map f items);
  mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
  mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
  mapAttrsFlatten = mapAttrsToList;
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: foldl' (a: b: a // b) { } (mapAttrsToList f set);
  concatMapAttrsStringSep = sep: f: set: builtins.concatStringsSep sep (mapAttrsToList f set);
  filterAttrs = test: set: removeAttrs set (filter (name: !(test name set.${name})) (attrNames set));
  filterAttrsRecursive = test: set:
    mapAttrs (_: v: if isAttrs v then filterAttrsRecursive test v else v) (filterAttrs test set);
  foldlAttrs = f: start: set: foldl' (acc: name: f acc name set.${name}) start (attrNames set);
  foldAttrs = op: start: sets:
    zipAttrsWith (_: values: lib.foldr op start values) sets;
  zipAttrsWithNames = names: f: sets: genAttrs names (name: f name (builtins.catAttrs name sets));
  zipAttrs = zipAttrsWith (_: values: values);
  mergeAttrsList = foldl' (a: b: a // b) { };
  mergeAttrs = a: b: a // b;
  optionalAttrs = cond: set: if cond then set else { };
  getAttrs = names: set: genAttrs names (name: set.${name});
  renameKeys = f: mapAttrs' (name: value: { name = f name; inherit value; });

  attrByPath = path: default: set:
    if path == [ ] then set
    else if isAttrs set && set ? ${head path} then attrByPath (tail path) default set.${head path}
    else default;
  hasAttrByPath = path: set:
    path == [ ] || (isAttrs set && set ? ${head path} && hasAttrByPath (tail path) set.${head path});
  getAttrFromPath = path: set:
    attrByPath path (throw "cannot find attribute `${builtins.concatStringsSep "." path}'") set;
  attrVals = names: set: map (name: set.${name}) names;
  setAttrByPath = path: value: lib.foldr (name: inner: { ${name} = inner; }) value path;
  updateManyAttrsByPath =
    let
      at = path: update: set:
        if path == [ ] then update set
        else set // { ${head path} = at (tail path) update (set.${head path} or (if tail path == [ ] then null else { })); };
    in
    updates: set: foldl' (acc: u: at u.path u.update acc) set updates;

  recursiveUpdateUntil = stop: left: right:
    let
      go = path: zipAttrsWith (name: values:
        let here = path ++ [ name ];
        in
        if length values == 1 then head values
        else if stop here (elemAt values 1) (head values) then head values
        else go here values);
    in
    go [ ] [ right left ];
  recursiveUpdate = left: right:
    if isAttrs left && isAttrs right then
      left // mapAttrs (name: value:
        if left ? ${name} && isAttrs value && isAttrs left.${name} then recursiveUpdate left.${name} value else value) right
    else right;
  recursiveMerge = foldl' recursiveUpdate { };

  mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
  mapAttrsRecursiveCond = into: f:
    let
      go = path: mapAttrs (name: value:
        if isAttrs value && into value then go (path ++ [ name ]) value else f (path ++ [ name ]) value);
    in
    go [ ];
  collect = test: value:
    if test value then [ value ] else if isAttrs value then concatMap (collect test) (attrValues value) else [ ];
  collectAttrs = collect;
  matchAttrs = pattern: set:
    isAttrs set && lib.all
      (name: set ? ${name} && (if isAttrs pattern.${name} then matchAttrs pattern.${name} set.${name} else pattern.${name} == set.${name}))
      (attrNames pattern);
  mapCartesianProduct = f: sets: map f (lib.cartesianProduct sets);
  unionOfDisjoint = a: b:
    let both = attrNames (builtins.intersectAttrs a b);
    in a // b // lib.genAttrs both (name: throw "unionOfDisjoint: both sets have `${name}`");
  overrideExisting = old: new: old // builtins.intersectAttrs old new;
  showAttrPath = path:
    if path == [ ] then "<root attribute path>"
    else builtins.concatStringsSep "." (map lib.escapeNixIdentifier path);
  longestValidPathPrefix = path: set:
    lib.last (filter (part: hasAttrByPath part set) (map (n: lib.take n path) (lib.range 0 (length path))));
  cartesianProductOfSets = lib.cartesianProduct;

  isDerivation = value: (value.type or null) == "derivation";
  toDerivation = path: { type = "derivation"; name = baseNameOf path; outPath = path; };
  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };
  # What is not split in outputs is whole in each.
  getOutput = output: pkg: if pkg.outputSpecified or false then pkg else pkg.${output} or pkg.out or pkg;
  getFirstOutput = outputs: pkg:
    let there = filter (output: pkg ? ${output}) outputs;
    in if pkg.outputSpecified or false || there == [ ] then pkg else pkg.${head there};
  getBin = getOutput "bin";
  getLib = getOutput "lib";
  getDev = getOutput "dev";
  getStatic = getFirstOutput [ "static" "lib" "out" ];
  getInclude = getFirstOutput [ "include" "dev" "out" ];
  getMan = getOutput "man";
  chooseDevOutputs = map getDev;
  getExe = pkg: getExe' pkg (pkg.meta.mainProgram or (lib.getName pkg));
  getExe' = pkg: program: "${getBin pkg}/bin/${program}";
}
