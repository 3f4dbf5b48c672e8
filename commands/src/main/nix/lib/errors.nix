# Failures in the one form that people and programs read: `nixlab: MESSAGE`, then lines `place:` and `hint:`.
#
# tell: as for `whole.nix`.
{ lib, tell }:

let
  inherit (builtins) elemAt filter genList head length substring stringLength tail typeOf;

  ownFiles = "${toString ../.}/";

  # A directory that was copied into nixlab's own store goes by its name.
  uncopied = file:
    let copied = builtins.match ".*/store/nix/store/[0-9a-z]{32}-(.*)" file;
    in if copied == null then file else head copied;

  # One row of the edit distance table after another; null once every cell is over the limit.
  distance = limit: a: b:
    let
      la = stringLength a;
      as = lib.stringToCharacters a;
      bs = lib.stringToCharacters b;
      row = previous: i: c:
        let
          step = acc: j:
            let
              cost = if elemAt as j == c then 0 else 1;
              best = lib.min (lib.min (elemAt previous (j + 1) + 1) (lib.last acc + 1)) (elemAt previous j + cost);
            in
            acc ++ [ best ];
        in
        builtins.foldl' step [ i ] (genList (j: j) la);
      rows = builtins.foldl'
        (acc: c: { i = acc.i + 1; row = row acc.row (acc.i + 1) c; })
        { i = 0; row = genList (j: j) (la + 1); }
        bs;
      gap = la - stringLength b;
    in
    if gap > limit || -gap > limit then limit + 1 else lib.last rows.row;
in
rec {
  # Throws. place: null, a string, or what `placeOf` gives; hint: null or a sentence.
  fail = { message, place ? null, hint ? null }:
    let
      failure = throw ("nixlab: ${message}"
        + lib.optionalString (place != null) "\nplace: ${place}"
        + lib.optionalString (hint != null) "\nhint: ${hint}");
    in
    if tell == null then failure else tell { inherit message place hint; } failure;
  # Of several failures that a value could be had in spite of the first counts, unless all are told.
  failInspite = failures: value: if tell == null then fail (head failures) else lib.foldr tell value failures;

  # FILE:LINE:COLUMN of an attribute where Nix knows it, else the file of the module.
  placeOf = { file, at ? null, ... }:
    let position = if at == null then null else builtins.unsafeGetAttrPos at.name at.attrs;
    # Positions in our own files only say how a user's value came about.
    in if position == null || lib.hasPrefix ownFiles position.file then uncopied (toString file)
    else "${uncopied position.file}:${toString position.line}:${toString position.column}";

  # A short rendering of any value, for messages.
  show = value:
    let
      kind = typeOf value;
      text = lib.replaceStrings [ "\n" ] [ "\\n" ] value;
    in
    if kind == "string" then "\"${if stringLength text > 60 then substring 0 57 text + "..." else text}\""
    else if kind == "set" then (if value ? outPath then "the package ${value.name or "?"}" else showSet value)
    else if kind == "list" then (if value == [ ] then "[ ]" else "a list of ${toString (length value)}")
    else if kind == "lambda" then "a function"
    else if kind == "bool" then lib.boolToString value
    else if kind == "null" then "null"
    else toString value;
  showSet = value:
    let names = builtins.attrNames value;
    in if names == [ ] then "{ }"
    else "a set { ${lib.concatMapStringsSep " " (n: "${n} = ...;") (lib.take 3 names)} ${lib.optionalString (length names > 3) "... "}}";

  # With the kind in front: `the string "yes"`.
  showKind = value:
    let kind = typeOf value;
    in (if kind == "string" then "the string " else if kind == "int" || kind == "float" then "the number "
    else if kind == "bool" then "the boolean " else if kind == "path" then "the path " else "") + show value;

  showOption = path:
    lib.concatMapStringsSep "." (part:
      if builtins.match "[A-Za-z_][A-Za-z0-9_'-]*|<[a-z]+>|\\*" part != null then part else "\"${part}\"") path;

  # The names nearest to a mistyped one, best first.
  nearest = name: candidates:
    let
      limit = lib.max 2 (stringLength name / 3);
      lower = lib.toLower name;
      score = candidate:
        let c = lib.toLower candidate;
        in
        if c == lower then 0
        else if stringLength name > 2 && (lib.hasPrefix lower c || lib.hasPrefix c lower && stringLength c > 2) then 1
        else distance limit lower c;
      scored = filter (x: x.score <= limit) (map (name: { inherit name; score = score name; }) candidates);
      # Beside names that begin alike those that are only spelled alike say nothing.
      alike = filter (x: x.score <= 1) scored;
    in
    lib.take 3 (map (x: x.name) (builtins.sort
      (a: b: a.score < b.score || a.score == b.score && stringLength a.name < stringLength b.name)
      (if alike != [ ] then alike else scored)));

  didYouMean = names:
    if names == [ ] then null
    else "did you mean ${lib.concatStringsSep " or " (map (n: "`${n}`") names)}?";
}
