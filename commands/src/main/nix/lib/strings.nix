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

  trimWith = { start ? false, end ? false }: s:
    let
      left = if start then lib.head (match "[ \t\r\n]*(.*)" s) else s;
      right = match "(.*[^ \t\r\n])[ \t\r\n]*" left;
    in
    if !end then left else if right == null then "" else lib.head right;
  normalizePath = s: replaceStrings [ "//" ] [ "/" ] (if hasInfix "///" s then normalizePath (replaceStrings [ "///" ] [ "/" ] s) else s);
  commonPrefixLength = a: b: length (lib.commonPrefix (characters a) (characters b));
  commonSuffixLength = a: b: length (lib.commonPrefix (lib.reverseList (characters a)) (lib.reverseList (characters b)));

  replaceChars = replaceStrings;
  lowerChars = lowers;
  upperChars = uppers;
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
  escapeNixIdentifier = s: if match "[a-zA-Z_][a-zA-Z0-9_'-]*" s != null then s else escapeNixString s;
  escapeC = chars: replaceStrings chars (map (c: "\\x" + toLower (lib.toHexString (lib.charCode c))) chars);
  charToInt = lib.charCode;
  isValidPosixName = s: match "[a-zA-Z_][a-zA-Z0-9_]*" s != null;
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
    # Others would read it as an octal number.
    if match "[ \t]*-?0[0-9]+[ \t]*" s != null then throw "toInt: ${builtins.toJSON s} begins with a zero; toIntBase10 reads it"
    else toIntBase10 s;
  toIntBase10 = s:
    let digits = match "[ \t]*(-?)0*([0-9]+)[ \t]*" s;
    in if digits == null then throw "toInt: ${builtins.toJSON s} is not a number" else
    builtins.fromJSON (lib.elemAt digits 0 + lib.elemAt digits 1);
  floatToString = f: toString f;
  boolToString = b: if b then "true" else "false";
  boolToYesNo = b: if b then "yes" else "no";

  makeSearchPath = sub: paths: concatStringsSep ":" (map (p: "${p}/${sub}") (lib.filter (x: x != null) paths));
  makeSearchPathOutput = output: sub: paths: makeSearchPath sub (map (lib.getOutput output) paths);
  makeIncludePath = makeSearchPathOutput "dev" "include";
  makeBinPath = makeSearchPathOutput "bin" "bin";
  makeLibraryPath = makeSearchPathOutput "lib" "lib";
  isStorePath = x: hasPrefix builtins.storeDir (toString x) && stringLength (toString x) > 44;
  isCoercibleToString = isConvertibleWithToString;
  isStringLike = x: builtins.isString x || builtins.isPath x || x ? outPath || x ? __toString;
  isConvertibleWithToString = x: isStringLike x || lib.elem (builtins.typeOf x) [ "null" "int" "float" "bool" ];
  sanitizeName = s:
    let
      visible = lib.head (match "\\.*(.*)" (builtins.unsafeDiscardStringContext s));
      clean = concatStrings (map (part: if builtins.isList part then "-" else part)
        (builtins.split "[^A-Za-z0-9+._?=-]+" visible));
    in if clean == "" then "unknown" else substring (lib.max 0 (stringLength clean - 207)) 207 clean;
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
  enableFeatureAs = on: name: value: if on then "${enableFeature on name}=${value}" else enableFeature on name;
  withFeatureAs = on: name: value: if on then "${withFeature on name}=${value}" else withFeature on name;
  cmakeOptionType = type: name: value: "-D${name}:${toUpper type}=${value}";
  cmakeBool = name: on: cmakeOptionType "bool" name (toUpper (boolToString on));
  cmakeFeature = cmakeOptionType "string";
  mesonOption = name: value: "-D${name}=${value}";
  mesonBool = name: on: mesonOption name (boolToString on);
  mesonEnable = name: on: mesonOption name (if on then "enabled" else "disabled");
  enableFeature = on: name: "--${if on then "enable" else "disable"}-${name}";
  withFeature = on: name: "--with${optionalString (!on) "out"}-${name}";
}
