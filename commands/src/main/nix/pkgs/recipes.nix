# Recipes: store files that tell the host what to put at their path in the machine.
{ lib }:

rec {
  # `name` is the store name; the content's references are the recipe's.
  recipe = name: content: builtins.toFile (lib.sanitizeName name) "nixlab-recipe\n${builtins.toJSON content}\n";

  # An item that is no Debian package, made so that it can stand wherever one is wanted.
  # programs: what it adds to the path, by name.
  item = { name, content, programs ? { }, mainProgram ? name, attrs ? { } }:
    let outPath = recipe name content;
    in {
      type = "derivation";
      inherit name outPath;
      pname = name;
      version = "";
      outputName = "out";
      outputs = [ "out" ];
      debianPackages = [ ];
      programs = lib.mapAttrs (_: path: "${outPath}/${path}") programs;
      meta = { inherit mainProgram; };
      passthru = { };
      out = item { inherit name content programs mainProgram attrs; };
    } // attrs;
}
