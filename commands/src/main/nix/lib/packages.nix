# What is done with packages without building them.
{ lib }:

rec {
  addMetaAttrs = attrs: package: package // { meta = package.meta or { } // attrs; };
  setName = name: package: package // { inherit name; };
  updateName = f: package: package // { name = f package.name; };
  appendToName = suffix: updateName (name:
    let parts = builtins.parseDrvName name;
    in parts.name + "-${suffix}" + lib.optionalString (parts.version != "") "-${parts.version}");
  mapDerivationAttrset = f: builtins.mapAttrs (_: package: if lib.isDerivation package then f package else package);

  # Debian's packages do not fight for their files.
  defaultPriority = 5;
  setPrio = priority: addMetaAttrs { inherit priority; };
  lowPrio = setPrio 10;
  lowPrioSet = mapDerivationAttrset lowPrio;
  hiPrio = setPrio (-10);
  hiPrioSet = mapDerivationAttrset hiPrio;
  # What there is is there for all.
  availableOn = _: _: true;
  dontDistribute = addMetaAttrs { hydraPlatforms = [ ]; };

  overrideDerivation = package: f: package.overrideAttrs f;
}
