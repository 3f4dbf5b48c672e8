# Files and directories beside network files.
{ lib }:

let
  versionControl = [ ".git" ".svn" "CVS" ".hg" ".jj" ".pijul" "_darcs" ];
in
rec {
  pathType = path:
    if dirOf path == path then "directory"
    else (builtins.readDir (dirOf path)).${baseNameOf path} or (throw "${toString path} does not exist");
  pathIsDirectory = path: builtins.pathExists path && pathType path == "directory";
  pathIsRegularFile = path: builtins.pathExists path && pathType path == "regular";
  listFilesRecursive = dir: lib.concatLists (lib.mapAttrsToList
    (name: type: if type == "directory" then listFilesRecursive (dir + "/${name}") else [ (dir + "/${name}") ])
    (builtins.readDir dir));

  cleanSourceFilter = path: type:
    let name = baseNameOf (toString path);
    in !(type == "directory" && lib.elem name versionControl
      || lib.hasSuffix "~" name
      || builtins.match "\\.sw[a-z]|\\..*\\.sw[a-z]" name != null
      || builtins.match ".*\\.(o|so)" name != null
      || type == "symlink" && lib.hasPrefix "result" name
      || type == "unknown");
  cleanSource = src: cleanSourceWith { inherit src; filter = cleanSourceFilter; };
  cleanSourceWith = { src, filter ? _: _: true, name ? null }:
    let
      origin = src.origSrc or src;
      both = path: type: (src.filter or (_: _: true)) path type && filter path type;
    in
    {
      _isLibCleanSourceWith = true;
      origSrc = origin;
      filter = both;
      name = if name != null then name else src.name or "source";
      outPath = builtins.path {
        path = origin;
        filter = both;
        name = if name != null then name else src.name or "source";
      };
    };
  sourceByRegex = src: patterns:
    let
      origin = toString (src.origSrc or src);
      inside = path: lib.removePrefix "${origin}/" (toString path);
    in
    cleanSourceWith { inherit src; filter = path: _: lib.any (p: builtins.match p (inside path) != null) patterns; };
  sourceFilesBySuffices = src: suffixes:
    cleanSourceWith { inherit src; filter = path: type: type == "directory" || lib.any (s: lib.hasSuffix s (baseNameOf path)) suffixes; };
}
