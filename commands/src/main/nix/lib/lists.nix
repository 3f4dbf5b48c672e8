# Lists: what configurations use, on top of the builtins.
{ lib }:

let
  inherit (builtins) elem elemAt filter foldl' genList head length tail concatLists isList;
in
rec {
  inherit (builtins) all any concatLists concatMap elem elemAt filter foldl' genList head isList length map partition tail;
  inherit (builtins) groupBy sort;

  foldr = op: start: list:
    let
      count = length list;
      go = i: if i == count then start else op (elemAt list i) (go (i + 1));
    in
    go 0;
  fold = foldr;
  foldl = op: start: list:
    let go = i: if i < 0 then start else op (go (i - 1)) (elemAt list i);
    in go (length list - 1);

  singleton = x: [ x ];
  toList = x: if isList x then x else [ x ];
  optional = cond: x: if cond then [ x ] else [ ];
  optionals = cond: xs: if cond then xs else [ ];
  range = first: last: if first > last then [ ] else genList (n: first + n) (last - first + 1);
  replicate = n: x: genList (_: x) n;
  imap0 = f: list: genList (n: f n (elemAt list n)) (length list);
  imap1 = f: list: genList (n: f (n + 1) (elemAt list n)) (length list);
  imap = imap1;
  forEach = xs: f: map f xs;
  flatten = x: if isList x then builtins.concatMap flatten x else [ x ];
  remove = x: filter (y: y != x);
  count = test: list: length (filter test list);
  findFirst = test: default: list:
    let found = filter test list;
    in if found == [ ] then default else head found;
  findFirstIndex = test: default: list:
    let at = filter (i: test (elemAt list i)) (genList (i: i) (length list));
    in if at == [ ] then default else head at;
  findSingle = test: none: many: list:
    let found = filter test list;
    in if found == [ ] then none else if length found == 1 then head found else many;

  last = list: elemAt list (length list - 1);
  init = list: genList (elemAt list) (length list - 1);
  take = n: list: sublist 0 n list;
  drop = n: list: sublist n (length list) list;
  takeEnd = n: list: drop (lib.max 0 (length list - n)) list;
  sublist = start: size: list:
    let
      all = length list;
      left = if start >= all then 0 else if start + size > all then all - start else size;
    in
    genList (n: elemAt list (n + start)) left;
  reverseList = list:
    let all = length list;
    in genList (n: elemAt list (all - n - 1)) all;

  unique = foldl' (seen: x: if elem x seen then seen else seen ++ [ x ]) [ ];
  uniqueStrings = list: builtins.attrNames (builtins.listToAttrs (map (name: { inherit name; value = null; }) list));
  allUnique = list: length (unique list) == length list;
  subtractLists = removed: filter (x: !(elem x removed));
  intersectLists = kept: filter (x: elem x kept);
  mutuallyExclusive = a: b: !(builtins.any (x: elem x b) a);

  groupBy' = op: start: key: list: builtins.mapAttrs (_: foldl' op start) (builtins.groupBy key list);
  commonPrefix = a: b:
    let
      shorter = lib.min (length a) (length b);
      same = findFirstIndex (i: elemAt a i != elemAt b i) shorter (range 0 (shorter - 1));
    in
    take same a;
  zipListsWith = f: a: b: genList (n: f (elemAt a n) (elemAt b n)) (lib.min (length a) (length b));
  zipLists = zipListsWith (fst: snd: { inherit fst snd; });
  cartesianProduct = sets: foldl'
    (rows: name: builtins.concatMap (row: map (value: row // { ${name} = value; }) sets.${name}) rows)
    [ { } ]
    (builtins.attrNames sets);
  crossLists = f: lists: foldl' (fs: args: builtins.concatMap (g: map g args) fs) [ f ] lists;

  compareLists = compare: a: b:
    if a == [ ] then (if b == [ ] then 0 else -1)
    else if b == [ ] then 1
    else
      let order = compare (head a) (head b);
      in if order == 0 then compareLists compare (tail a) (tail b) else order;
  sortOn = key: list:
    map (pair: pair.value)
      (builtins.sort (a: b: a.key < b.key) (map (value: { inherit value; key = key value; }) list));
  # Numbers in texts count as numbers.
  naturalSort = list:
    let
      parts = s: map (part: if isList part then lib.toInt (head part) else part) (builtins.split "(0|[1-9][0-9]*)" s);
      keyed = map (value: { inherit value; key = parts value; }) list;
    in
    map (x: x.value) (builtins.sort (a: b: compareLists lib.compare a.key b.key < 0) keyed);
  hasPrefixList = prefix: list: sublist 0 (length prefix) list == prefix;
  concat = a: b: a ++ b;
  ifilter0 = test: list: concatLists (imap0 (i: x: optional (test i x) x) list);
}
