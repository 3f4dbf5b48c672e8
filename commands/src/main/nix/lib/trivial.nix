# Functions of no particular data type.
{ lib }:

let
  codes = builtins.listToAttrs (lib.imap0 (i: name: { inherit name; value = i + 32; })
    (lib.stringToCharacters " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"));
  controls = { "\t" = 9; "\n" = 10; "\r" = 13; };
  hexDigits = builtins.listToAttrs (lib.imap0 (i: name: { inherit name; value = toString i; }) (lib.stringToCharacters "0123456789abcdef"));
  fakeText = c: n: lib.concatStrings (builtins.genList (_: c) n);
  digits = base: n: if n < base then [ n ] else digits base (n / base) ++ [ (lib.mod n base) ];
in
rec {
  inherit (builtins) isInt isFloat isBool isPath isNull typeOf seq deepSeq tryEval trace bitAnd bitOr bitXor
    lessThan readFile readDir pathExists fromTOML toFile ceil floor add sub genericClosure addErrorContext getEnv
    hashString compareVersions toPath unsafeGetAttrPos;

  # A set that can be called is a function, too.
  isFunction = f: builtins.isFunction f || builtins.isAttrs f && f ? __functor;
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
  fix' = f: let x = f x // { __unfix__ = f; }; in x;
  converge = f: x: let next = f x; in if next == x then x else converge f next;
  toExtension = f:
    if !(isFunction f) then _: _: f
    else final: prev: let given = f prev; in if isFunction given then f final prev else given;
  makeExtensible = makeExtensibleWithCustomName "extend";
  makeExtensibleWithCustomName = name: f:
    fix' (final: f final // { ${name} = overlay: makeExtensibleWithCustomName name (extends overlay f); });
  makeOverridable = f: args: f args // { override = more: makeOverridable f (args // (if isFunction more then more args else more)); };
  callPackageWith = scope: f: args:
    let fn = if isFunction f then f else import f;
    in fn (builtins.intersectAttrs (functionArgs fn) scope // args);
  callPackagesWith = callPackageWith;
  makeScope = newScope: f:
    let
      self = f self // {
        newScope = extra: newScope (self // extra);
        callPackage = self.newScope { };
        overrideScope = overlay: makeScope newScope (extends overlay f);
        packages = f;
      };
    in
    self;
  extendDerivation = condition: attrs: package: assert condition; package // attrs;
  mirrorFunctionArgs = f:
    let args = functionArgs f;
    in g: if args == { } then g else setFunctionArgs g args;
  toFunction = v: if isFunction v then v else _: v;
  functionArgs = f:
    f.__functionArgs or (if builtins.isAttrs f then functionArgs (f.__functor f) else builtins.functionArgs f);
  setFunctionArgs = f: args: { __functor = _: f; __functionArgs = args; };

  mapNullable = f: v: if v == null then null else f v;
  bitNot = n: -1 - n;
  compare = a: b: if a < b then -1 else if a > b then 1 else 0;
  splitByAndCompare = test: yes: no: a: b:
    if test a then (if test b then yes a b else -1) else if test b then 1 else no a b;
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
  assertEachOneOf = name: values: allowed: lib.all (value: assertOneOf name value allowed) values;
  checkListOfEnum = what: allowed: given: result:
    let other = lib.subtractLists allowed given;
    in if other == [ ] then result
    else throw "${what}: ${lib.concatMapStringsSep ", " toString other} is none of ${lib.concatMapStringsSep ", " toString allowed}";
  showWarnings = messages: x: builtins.foldl' (x: message: warn message x) x messages;
  traceIf = condition: message: x: if condition then builtins.trace message x else x;
  traceSeq = shown: builtins.trace (builtins.deepSeq shown shown);
  traceValFn = f: x: builtins.trace (f x) x;
  traceValSeqFn = f: x: traceValFn f (builtins.deepSeq x x);
  traceVal = x: builtins.trace x x;
  traceValSeq = x: builtins.trace (builtins.deepSeq x x) x;
  inPureEvalMode = !(builtins ? currentSystem);
  inNixShell = false;
  isInOldestRelease = _: true;
  oldestSupportedReleaseIsAtLeast = _: true;

  charCode = c: codes.${c} or controls.${c} or 0;
  toBaseDigits = digits;
  toHexString = n: lib.concatMapStrings
    (d: builtins.elemAt [ "0" "1" "2" "3" "4" "5" "6" "7" "8" "9" "A" "B" "C" "D" "E" "F" ] d)
    (digits 16 n);

  fromHexString = text:
    let value = digit: builtins.fromJSON (builtins.getAttr digit hexDigits);
    in builtins.foldl' (n: digit: n * 16 + value digit) 0 (lib.stringToCharacters (lib.toLower (lib.removePrefix "0x" text)));

  fakeHash = "sha256-${fakeText "A" 43}=";
  fakeSha256 = fakeText "0" 64;
  fakeSha512 = fakeText "0" 128;

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
  teams = { };
  systems = {
    examples = { };
    flakeExposed = [ "x86_64-linux" "aarch64-linux" "i686-linux" ];
  };
}
