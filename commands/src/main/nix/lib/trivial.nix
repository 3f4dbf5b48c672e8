# Functions of no particular data type.
{ lib }:

let
  codes = builtins.listToAttrs (lib.imap0 (i: name: { inherit name; value = i + 32; })
    (lib.stringToCharacters " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"));
  digits = base: n: if n < base then [ n ] else digits base (n / base) ++ [ (lib.mod n base) ];
in
rec {
  inherit (builtins) isFunction isInt isFloat isBool isPath isNull typeOf seq deepSeq tryEval trace bitAnd bitOr bitXor
    lessThan readFile readDir pathExists fromTOML toFile ceil floor add sub genericClosure addErrorContext getEnv
    hashString compareVersions toPath unsafeGetAttrPos;

  id = x: x;
  const = x: _: x;
  pipe = builtins.foldl' (x: f: f x);
  flip = f: a: b: f b a;
  fix = f: let x = f x; in x;
  extends = overlay: f: final: let prev = f final; in prev // overlay final prev;
  composeExtensions = f: g: final: prev:
    let first = f final prev;
    in first // g final (prev // first);
  composeManyExtensions = lib.foldr composeExtensions (_: _: { });
  makeOverridable = f: args: f args // { override = more: makeOverridable f (args // (if isFunction more then more args else more)); };
  callPackageWith = scope: f: args:
    let fn = if isFunction f then f else import f;
    in fn (builtins.intersectAttrs (builtins.functionArgs fn) scope // args);
  toFunction = v: if isFunction v then v else _: v;
  functionArgs = f: f.__functionArgs or (builtins.functionArgs f);
  setFunctionArgs = f: args: { __functor = _: f; __functionArgs = args; };

  min = a: b: if a < b then a else b;
  max = a: b: if a > b then a else b;
  mod = a: b: a - b * (a / b);
  boolToInt = b: if b then 1 else 0;
  xor = a: b: a != b;
  and = a: b: a && b;
  or = a: b: a || b;
  not = a: !a;
  importJSON = file: builtins.fromJSON (builtins.readFile file);
  importTOML = file: builtins.fromTOML (builtins.readFile file);
  warn = message: builtins.trace "warning: ${message}";
  warnIf = cond: message: if cond then warn message else id;
  warnIfNot = cond: warnIf (!cond);
  info = message: builtins.trace "info: ${message}";
  throwIf = cond: message: if cond then throw message else id;
  throwIfNot = cond: throwIf (!cond);
  assertMsg = cond: message: cond || throw message;
  assertOneOf = name: value: allowed:
    assertMsg (builtins.elem value allowed) "${name} must be one of ${builtins.toJSON allowed}, but is ${builtins.toJSON value}";
  mergeOneOption = _: defs: (builtins.head defs).value;
  traceVal = x: builtins.trace x x;
  traceValSeq = x: builtins.trace (builtins.deepSeq x x) x;
  inPureEvalMode = !(builtins ? currentSystem);
  inNixShell = false;
  isInOldestRelease = _: true;
  oldestSupportedReleaseIsAtLeast = _: true;

  charCode = c: codes.${c} or 0;
  toBaseDigits = digits;
  toHexString = n: lib.concatMapStrings
    (d: builtins.elemAt [ "0" "1" "2" "3" "4" "5" "6" "7" "8" "9" "A" "B" "C" "D" "E" "F" ] d)
    (digits 16 n);

  trivial = { release = "23.05"; codeName = "Bookworm"; version = "23.05"; };
  version = "23.05";
  platforms = {
    linux = [ "x86_64-linux" "i686-linux" ];
    unix = platforms.linux;
    all = platforms.linux;
  };
  licenses = lib.genAttrs [ "mit" "gpl2" "gpl2Only" "gpl2Plus" "gpl3" "gpl3Only" "gpl3Plus" "asl20" "bsd2" "bsd3" "unfree" "mpl20" "isc" "cc0" ]
    (name: { shortName = name; free = name != "unfree"; });
  maintainers = { };
  systems.examples = { };
}
