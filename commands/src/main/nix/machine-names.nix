# What machines may be called, so that each name means one machine to the shell, to scripts, to ssh and in /etc/hosts.
#
# places: by machine, where the file speaks of it.
# namesOf: what else a machine is called, of its plan.
{ lib, places, namesOf }:

plans:

let
  inherit (lib) fail;

  # The words that choose machines and stand for them in scripts, and those that scripts print and wait with.
  meaning = {
    all = "to commands and scripts `all` is every machine; this one is al?, and lab.machine('all')";
    lab = "in scripts `lab` is the lab; this machine is lab.machine('lab')";
    machines = "in scripts `machines` is the list of all; this one is lab.machine('machines')";
  } // lib.genAttrs [ "print" "println" "printf" "sleep" "subtest" ]
    (word: "in scripts `${word}` is a command of its own; this machine is lab.machine('${word}')");
  told = builtins.foldl'
    (plans: name: if meaning ? ${name} then builtins.trace "nixlab: machine `${name}`: ${meaning.${name}}" plans else plans);

  names = lib.attrNames plans;
  localhosts = lib.filter (name: lib.toLower name == "localhost") names;
  unlikeOnlyInCase = lib.filter (name: lib.any (other: other != name && lib.toLower other == lib.toLower name) names) names;

  # Machines of several domains may have one host name; where it leads, nobody has to say.
  hostPart = name: lib.head (lib.splitString "." name);
  inDomain = lib.filter (name: hostPart name != name) names;
  isShared = name: outside:
    lib.elem name inDomain && outside == hostPart name && lib.length (lib.filter (other: hostPart other == outside) inDomain) > 1;

  # By name outside, the machines that are called so.
  called = lib.groupBy (e: lib.toLower e.outside)
    (lib.filter (e: e.outside != null && e.outside != "")
      (lib.concatMap
        (name: map (outside: { inherit name outside; })
          (lib.unique ([ name plans.${name}.deployment.hostname ] ++ lib.filter (outside: !(isShared name outside)) (namesOf plans.${name}))))
        names));
  ambiguous = lib.filter (outside: lib.length (lib.unique (map (e: e.name) called.${outside})) > 1) (lib.attrNames called);
  callsItself = lib.filter (name: lib.elem plans.${name}.deployment.hostname [ "all" "localhost" ]) names;
in
if localhosts != [ ] then
  let name = lib.head localhosts;
  in fail {
    message = "no machine can be called \"${name}\": every host calls itself so";
    place = places.${name};
    hint = "take another name";
  }
else if unlikeOnlyInCase != [ ] then fail {
  message = "machines ${lib.concatMapStringsSep " and " (n: "`${n}`") unlikeOnlyInCase} differ in nothing but capitals, which host names do not know";
  place = places.${lib.last unlikeOnlyInCase};
  hint = "take another name for one of them";
}
else if callsItself != [ ] then
  let name = lib.head callsItself;
  in fail {
    message = "machine `${name}`: `deployment.hostname` cannot be \"${plans.${name}.deployment.hostname}\"";
    place = places.${name};
    hint = "take a name that is this machine's alone";
  }
else if ambiguous != [ ] then
  let
    both = called.${lib.head ambiguous};
    # Whose name it is by birth is not the one to change.
    stranger = lib.findFirst (e: lib.toLower e.name != lib.head ambiguous) (lib.head both) both;
  in fail {
    message = "machines ${lib.concatMapStringsSep " and " (n: "`${n}`") (lib.unique (map (e: e.name) both))} are both called \"${stranger.outside}\"";
    place = places.${stranger.name};
    hint = "give `${stranger.name}` another name in `deployment.hostname` or `networking.hostName`";
  }
else told plans names
