# What modules are written with: options, and the properties of their definitions.
{ lib }:

rec {
  mkOption = attrs: attrs // { _type = "option"; };
  # The short forms that our own modules use.
  option = type: default: description: mkOption { inherit type default description; };
  internal = type: default: mkOption { inherit type default; internal = true; visible = false; };
  inert = type: default: description: mkOption {
    inherit type default;
    inert = true;
    description = "${description} Accepted without effect in Debian guests.";
  };
  # A part that there is not, whatever is said of it; others ask whether it is on.
  idle = inert (lib.types.submodule { freeformType = lib.types.lazyAttrsOf lib.types.anything; options.enable = internal lib.types.bool false; }) { };
  mkEnableOption = what: mkOption {
    type = lib.types.bool;
    default = false;
    example = true;
    description = "Whether to enable ${what}.";
  };
  mkPackageOption = pkgs: name: { default ? name, example ? null, pkgsText ? "pkgs", nullable ? false, extraDescription ? "" }:
    let path = lib.toList default;
    in mkOption ({
      type = if nullable then lib.types.nullOr lib.types.package else lib.types.package;
      default = lib.attrByPath path null pkgs;
      defaultText = literalExpression "${pkgsText}.${lib.concatStringsSep "." path}";
      description = "The ${lib.last (lib.toList name)} package to use. ${extraDescription}";
    });
  mkSinkUndeclaredOptions = attrs: mkOption ({ internal = true; visible = false; default = false; type = lib.types.anything; } // attrs);

  mkIf = condition: content: { _type = "if"; inherit condition content; };
  mkAssert = condition: message: content: mkIf (if condition then true else throw message) content;
  mkMerge = contents: { _type = "merge"; inherit contents; };
  mkOverride = priority: content: { _type = "override"; inherit priority content; };
  mkOptionDefault = mkOverride 1500;
  mkDefault = mkOverride 1000;
  mkImageMediaOverride = mkOverride 60;
  mkForce = mkOverride 50;
  mkVMOverride = mkOverride 10;
  mkFixStrictness = x: x;
  mkOrder = order: content: { _type = "order"; inherit order content; };
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;
  defaultOrderPriority = 1000;
  defaultOverridePriority = 100;
  mkDerivedConfig = option: f: mkIf option.isDefined (mkOverride option.highestPrio (f option.value));
  mkAliasDefinitions = mkAliasAndWrapDefinitions lib.id;
  mkAliasAndWrapDefinitions = wrap: option: mkIf option.isDefined (wrap (mkMerge option.definedAs));

  isOption = value: (value._type or null) == "option";
  isType = type: value: (value._type or null) == type;
  setType = type: value: value // { _type = type; };

  inherit (lib.types) mkOptionType isOptionType;
  mergeEqualOption = (mkOptionType { name = "equal"; }).merge;
  mergeOneOption = lib.types.raw.merge;
  mergeUniqueOption = _: mergeOneOption;
  mergeDefaultOption = lib.types.unspecified.merge;

  literalExpression = text: { _type = "literalExpression"; inherit text; };
  literalExample = literalExpression;
  literalMD = text: { _type = "literalMD"; inherit text; };
  literalDocBook = literalMD;
  mdDoc = text: text;
  getFiles = map (def: def.file);
  getValues = map (def: def.value);
  showFiles = files: lib.concatMapStringsSep " and " (f: "`${toString f}'") files;

  # Modules which keep an older spelling of an option alive.
  mkRenamedOptionModule = from: to: alias { inherit from to; warn = true; };
  mkAliasOptionModule = from: to: alias { inherit from to; };
  mkAliasOptionModuleMD = mkAliasOptionModule;
  mkRenamedOptionModuleWith = { from, to, ... }: mkRenamedOptionModule from to;
  mkChangedOptionModule = from: to: change: { config, options, ... }: {
    options = lib.setAttrByPath from (mkOption { visible = false; type = lib.types.unspecified; renamedTo = to; });
    config = lib.mkMerge [
      (lib.setAttrByPath to
        (let old = lib.getAttrFromPath from options; in mkIf old.isDefined (mkOverride old.highestPrio (change config))))
      { warnings = obsolete from to (lib.getAttrFromPath from options); }
    ];
  };
  mkRemovedOptionModule = path: replacement: { options, ... }: {
    options = lib.setAttrByPath path (mkOption { visible = false; type = lib.types.unspecified; });
    config.assertions = [{
      assertion = !(lib.getAttrFromPath path options).isDefined;
      message = "the option `${lib.showOption path}` no longer has any effect; ${replacement}";
    }];
  };

  obsolete = from: to: old:
    lib.optional old.isDefined
      "the option `${lib.showOption from}` (set in ${lib.concatStringsSep ", " old.files}) is now called `${lib.showOption to}`";

  # Read under its older name an option has the value that it has under the newer one.
  alias = { from, to, warn ? false }: { config, options, ... }: {
    options = lib.setAttrByPath from (mkOption {
      visible = false;
      type = lib.types.unspecified;
      renamedTo = to;
      current = lib.getAttrFromPath to config;
    });
    config =
      let old = lib.getAttrFromPath from options;
      in lib.mkMerge ([ (lib.setAttrByPath to (mkAliasDefinitions old)) ]
        ++ lib.optional warn { warnings = obsolete from to old; });
  };
}
