# What functions in network files are called with: what they name, and nothing else.
#
# file: the network file; attribute: the names on the way to what is meant in it.
# available: what there is, by name; standing: the names of those that mean nothing before machines are evaluated.
# packages: where what a function cannot do without is found, too.
# userArguments: what the user says, before all else.
# patient: whether what nobody supplies may turn out not to be needed.
{ lib, file, attribute, available, standing, packages, userArguments, patient }:

let
  inherit (lib) fail placeOf;
  inherit (builtins) attrNames intersectAttrs isFunction;

  given = available // userArguments;
  # A default is better than what stands for nothing.
  sure = removeAttrs available standing // userArguments;

  named = formals:
    let needed = lib.filterAttrs (_: isOptional: !isOptional) formals;
    in intersectAttrs needed (packages // available) // intersectAttrs formals sure;

  # What the user types to say what nobody else can.
  line = names:
    let whole = baseNameOf file + lib.optionalString (attribute != [ ]) "#${lib.showOption attribute}";
    in "nixlab load ${whole}${lib.concatMapStrings (name: " --argstr ${name} TEXT") names}";

  # Nix tells only in XML whether a function takes more than it names.
  takesMore = function: lib.functionArgs function == { } || lib.hasInfix "ellipsis=" (builtins.toXML function);

  # arguments: what is said beside that.
  call = function: arguments:
    let
      formals = lib.functionArgs function;
      found = named formals // lib.optionalAttrs (takesMore function) userArguments // arguments;
      missing = lib.filter (name: !formals.${name} && !(found ? ${name})) (attrNames formals);
      lacking = fail {
        message = "the network file wants the argument${plural missing} ${quoted missing}, which nobody supplies";
        place = placeOf { inherit file; at = { name = lib.head missing; attrs = formals; }; };
        hint = "${line missing}, or --arg ${lib.head missing} EXPR for what is no text";
      };
    in
    if formals == { } then function (given // arguments)
    else if missing != [ ] && !patient then lacking
    else function (found // lib.genAttrs missing (_: lacking));

  # What the user says must have somebody to hear it. functions: all that were called on the way.
  heard = functions:
    let
      taken = lib.concatMap (function: attrNames (lib.functionArgs function)) functions;
      unheard = lib.filter (name: !(lib.elem name taken)) (attrNames userArguments);
    in
    if unheard == [ ] || lib.any takesMore functions then null
    else fail {
      message = "the network file takes no argument${plural unheard} ${quoted unheard}";
      place = file;
      hint = if taken == [ ] then "it takes none at all" else "it takes ${lib.concatStringsSep ", " (lib.unique taken)}";
    };

  plural = names: lib.optionalString (lib.length names > 1) "s";
  quoted = lib.concatMapStringsSep ", " (name: "`${name}`");
  # A function called, and what that gives, until it is none: { value, functions }.
  follow = functions: value:
    if isFunction value then follow (functions ++ [ value ]) (call value { }) else { inherit value functions; };
in
{
  inherit call follow heard;

  # What a function, or the function that it gives, stands for.
  settle = value: (follow [ ] value).value;
}
