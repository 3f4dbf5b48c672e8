# Strings: what configurations use, on top of the builtins.
{ lib }:

let
  inherit (builtins) concatStringsSep genList length map match replaceStrings stringLength substring;
  lower = "abcdefghijklmnopqrstuvwxyz";
  upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  characters = s: genList (n: substring n 1 s) (stringLength s);
  lowers = characters lower;
  uppers = characters upper;
in
rec {
  inherit (builtins) concatStringsSep fromJSON isString replaceStrings stringLength substring toJSON;
  inherit (builtins) unsafeDiscardStringContext match split splitVersion parseDrvName baseNameOf;

  join = concatStringsSep;
  concatStrings = concatStringsSep "";
  concatMapStrings = f: list: concatStrings (map f list);
  concatMapStringsSep = sep: f: list: concatStringsSep sep (map f list);
  concatImapStrings = f: list: concatStrings (lib.imap1 f list);
  concatImapStringsSep = sep: f: list: concatStringsSep sep (lib.imap1 f list);
  concatLines = concatMapStrings (line: line + "\n");
  intersperse = sep: list:
    if length list < 2 then list
    else lib.tail (lib.concatMap (x: [ sep x ]) list);
  optionalString = cond: s: if cond then s else "";
  replicate = n: s: concatStrings (genList (_: s) n);

  hasPrefix = prefix: s: substring 0 (stringLength prefix) s == prefix;
  hasSuffix = suffix: s:
    let rest = stringLength s - stringLength suffix;
    in rest >= 0 && substring rest (stringLength suffix) s == suffix;
  hasInfix = infix: s: replaceStrings [ infix ] [ "" ] s != s || infix == "";
  removePrefix = prefix: s:
    if hasPrefix prefix s then substring (stringLength prefix) (stringLength s) s else s;
  removeSuffix = suffix: s:
    if hasSuffix suffix s then substring 0 (stringLength s - stringLength suffix) s else s;
  trim = s:
    let inner = match "[ \t\r\n]*(.*[^ \t\r\n])[ \t\r\n]*" s;
    in if inner == null then "" else lib.head inner;
  fileContents = file: removeSuffix "\n" (builtins.readFile file);

  stringToCharacters = characters;
  stringAsChars = f: s: concatStrings (map f (characters s));
  toLower = replaceStrings uppers lowers;
  toUpper = replaceStrings lowers uppers;
  toSentenceCase = s: toUpper (substring 0 1 s) + toLower (substring 1 (stringLength s) s);
  escape = chars: replaceStrings chars (map (c: "\\" + c) chars);
  escapeRegex = escape (characters "\\[{()^$?*+|.");
  escapeShellArg = value:
    let text = toString value;
    in if match "[A-Za-z0-9,._+:@%/-]+" text != null then text
    else "'" + replaceStrings [ "'" ] [ "'\\''" ] text + "'";
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  escapeNixString = s: escape [ "$" ] (builtins.toJSON s);
  escapeXML = replaceStrings [ "\"" "'" "<" ">" "&" ] [ "&quot;" "&apos;" "&lt;" "&gt;" "&amp;" ];
  escapeURL = stringAsChars (c: if match "[A-Za-z0-9_.~-]" c != null then c else "%" + toUpper (hex2 c));
  escapeSystemdPath = s:
    let plain = removePrefix "/" (removeSuffix "/" s);
    in if plain == "" then "-" else replaceStrings [ "-" "/" ] [ "\\x2d" "-" ] plain;
  hex2 = c: lib.toHexString (lib.charCode c);

  splitString = sep: s:
    if sep == "" then [ s ]
    else lib.filter builtins.isString (builtins.split (escapeRegex sep) s);
  fixedWidthString = width: filler: s:
    let missing = width - stringLength s;
    in if missing <= 0 then s else replicate missing filler + s;
  fixedWidthNumber = width: n: fixedWidthString width "0" (toString n);

  toInt = s:
    let digits = match "[ \t]*(-?)0*([0-9]+)[ \t]*" s;
    in if digits == null then throw "toInt: ${builtins.toJSON s} is not a number" else
    builtins.fromJSON (lib.elemAt digits 0 + lib.elemAt digits 1);
  toIntBase10 = toInt;
  floatToString = f: toString f;
  boolToString = b: if b then "true" else "false";
  boolToYesNo = b: if b then "yes" else "no";

  makeSearchPath = sub: paths: concatStringsSep ":" (map (p: "${p}/${sub}") (lib.filter (x: x != null) paths));
  makeSearchPathOutput = _: makeSearchPath;
  makeBinPath = makeSearchPath "bin";
  makeLibraryPath = makeSearchPath "lib";
  isStorePath = x: hasPrefix builtins.storeDir (toString x) && stringLength (toString x) > 44;
  isStringLike = x: builtins.isString x || builtins.isPath x || x ? outPath || x ? __toString;
  isConvertibleWithToString = x: isStringLike x || lib.elem (builtins.typeOf x) [ "null" "int" "float" "bool" ];
  sanitizeName = s:
    let clean = concatStrings (map (part: if builtins.isList part then "-" else part)
      (builtins.split "[^A-Za-z0-9+._?=-]+" (builtins.unsafeDiscardStringContext s)));
    in removePrefix "." (if clean == "" then "unnamed" else clean);
  sanitizeDerivationName = sanitizeName;

  versionOlder = a: b: builtins.compareVersions b a == 1;
  versionAtLeast = a: b: !(versionOlder a b);
  getName = x: if builtins.isString x then (builtins.parseDrvName x).name else x.pname or (builtins.parseDrvName x.name).name;
  getVersion = x: if builtins.isString x then (builtins.parseDrvName x).version else x.version or (builtins.parseDrvName x.name).version;
  nameFromURL = url: sep: lib.head (splitString sep (baseNameOf url));
  toShellVar = name: value:
    if builtins.isAttrs value && !(lib.isStringLike value) then
      "declare -A ${name}=(${concatStringsSep " " (lib.mapAttrsToList (n: v: "[${escapeShellArg n}]=${escapeShellArg v}") value)})"
    else if builtins.isList value then "declare -a ${name}=(${escapeShellArgs value})"
    else "${name}=${escapeShellArg value}";
  toShellVars = vars: concatStringsSep "\n" (lib.mapAttrsToList toShellVar vars);
  cmakeBool = cond: cond;
  enableFeature = on: name: "--${if on then "enable" else "disable"}-${name}";
  withFeature = on: name: "--with${optionalString (!on) "out"}-${name}";
}
