# A flake of this host, read without Nix's own flakes: for guests whose packages are not those that its lock names.
#
# nixpkgs: what stands for each nixpkgs among its inputs. standingFor: what stands for another, or null. read: gives what a
# path holds.
{ lib, nixpkgs, standingFor, read }:

let
  inherit (lib) fail;
  inherit (builtins) attrNames fromJSON isAttrs isList isString pathExists readFile;

  # A reference as the set that a lock has in its place.
  parsed = reference:
    let
      plain = lib.head (lib.splitString "?" reference);
      github = builtins.match "github:([^/]+)/([^/]+).*" plain;
      path = builtins.match "(path:)?([./].*)" plain;
    in
    if github != null then { type = "github"; owner = lib.head github; repo = lib.last github; }
    else if path != null then { type = "path"; path = lib.last path; }
    else if builtins.match "[A-Za-z0-9_-]+(/.*)?" plain != null then { type = "indirect"; id = lib.head (lib.splitString "/" plain); }
    else { type = "url"; url = reference; };
  address = source:
    if source.type == "github" then "github:${source.owner}/${source.repo}"
    else source.url or source.path or source.id or source.type;

  isNixpkgs = name: source:
    lib.hasPrefix "nixpkgs" name
    || lib.toLower (source.repo or source.id or "") == "nixpkgs"
    || lib.hasInfix "/nixpkgs" (source.url or "") || lib.hasInfix "channels.nixos.org" (source.url or "");

  # Where what an input names lies on this host.
  fetched = directory: name: source:
    let
      locked = { sha256 = source.narHash; };
      archive = url: fetchTarball ({ inherit url; } // lib.optionalAttrs (source ? narHash) locked);
    in
    if source.type == "path" then (if lib.hasPrefix "/" source.path then /. + source.path else directory + "/${source.path}")
    else if source.type == "github" && source ? rev then archive "https://github.com/${source.owner}/${source.repo}/archive/${source.rev}.tar.gz"
    else if source.type == "gitlab" && source ? rev then archive "https://${source.host or "gitlab.com"}/${source.owner}/${source.repo}/-/archive/${source.rev}/archive.tar.gz"
    else if source.type == "sourcehut" && source ? rev then archive "https://git.sr.ht/${source.owner}/${source.repo}/archive/${source.rev}.tar.gz"
    else if source.type == "tarball" && source ? narHash then archive source.url
    else if source.type == "git" && source ? rev then builtins.fetchGit { inherit (source) url rev; allRefs = true; }
    else fail {
      message = "the input `${name}` of the flake, ${address source}, is not locked";
      place = "${toString directory}/flake.nix";
      hint = "nix flake lock ${toString directory}";
    };

  # lock: the nodes of the lock it is a part of, or null; node: its own.
  flakeAt = directory: lock: node:
    let
      file = directory + "/flake.nix";
      source = read file;
      own = directory + "/flake.lock";
      nodes = if lock != null then lock else if pathExists own then fromJSON (readFile own) else { nodes = { }; root = "root"; };
      here = if node != null then node else nodes.root or "root";

      # An input of an input may be said to be another of ours.
      follow = path: builtins.foldl' (from: name: at nodes.nodes.${from}.inputs.${name}) (nodes.root or "root") path;
      at = reference: if isList reference then follow reference else reference;

      input = name: said:
        let
          reference = (nodes.nodes.${here} or { }).inputs.${name} or null;
          entry = if reference == null then { } else nodes.nodes.${at reference};
          written = if isString (said.url or null) then parsed said.url else if said ? type then said else parsed name;
          followed = lib.splitString "/" said.follows;
          source' = entry.locked or written;
          place = fetched directory name source';
          standing = standingFor (entry.original or written);
          isFlake = (if entry ? flake then entry.flake else said.flake or true) && pathExists (place + "/flake.nix");
        in
        if isNixpkgs name (entry.original or written) then nixpkgs
        else if standing != null then standing
        else if reference == null && said ? follows then lib.foldl' (flake: part: flake.inputs.${part}) { inherit inputs; } followed
        else if isFlake then
          (if entry == { } || source'.type == "path" && pathExists (place + "/flake.lock") then flakeAt place null null else flakeAt place nodes (at reference))
        else { outPath = place; };

      named = lib.genAttrs (lib.filter (name: name != "self") (attrNames (lib.functionArgs source.outputs))) (_: { });
      declared = builtins.mapAttrs (_: said: if isAttrs said then said else { }) (source.inputs or { });
      inputs = builtins.mapAttrs input (named // declared);
      outputs = source.outputs (inputs // { inherit self; });
      self = outputs // {
        inherit inputs outputs;
        _type = "flake";
        # Where only a part of it is named, nothing has to be copied.
        outPath = directory;
        sourceInfo = { outPath = directory; };
        lastModified = 0;
        lastModifiedDate = "19700101000000";
      };
    in
    if isAttrs source && source ? outputs then self
    else fail { message = "the flake has no `outputs`"; place = toString file; };
in
directory: flakeAt directory null null
