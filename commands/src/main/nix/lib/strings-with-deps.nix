# Texts that know what they stand behind: how older modules put scripts together.
{ lib }:

rec {
  fullDepEntry = text: deps: { inherit text deps; };
  noDepEntry = text: fullDepEntry text [ ];
  packEntry = fullDepEntry "";
  stringAfter = deps: text: fullDepEntry text deps;

  # The texts of the named entries, each behind those that it needs; each once.
  textClosureList = entries: names:
    let
      # Nothing is done twice, nor are circles gone round for ever.
      go = acc: name:
        if builtins.isAttrs name then acc // { texts = acc.texts ++ [ name.text ]; }
        else if acc.done ? ${name} then acc
        else
          let
            entry = entries.${name};
            first = builtins.foldl' go { done = acc.done // { ${name} = true; }; inherit (acc) texts; } entry.deps;
          in
          { inherit (first) done; texts = first.texts ++ [ entry.text ]; };
    in
    (builtins.foldl' go { done = { }; texts = [ ]; } names).texts;
  textClosureMap = f: entries: names: lib.concatStringsSep "\n" (map f (textClosureList entries names));
}
