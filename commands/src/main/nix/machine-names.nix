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
    all = "it means all machines";
    lab = "in scripts it is the lab";
    machines = "in scripts it is the list of all machines";
    localhost = "every host calls itself so";
  } // lib.genAttrs [ "print" "println" "printf" "sleep" "subtest" ] (word: "in scripts and at the prompt it is a command of its own");

  names = lib.attrNames plans;
  taken = lib.filter (name: meaning ? ${lib.toLower name}) names;
  unlikeOnlyInCase = lib.filter (name: lib.any (other: other != name && lib.toLower other == lib.toLower name) names) names;

  # By name outside, the machines that are called so.
  called = lib.groupBy (e: lib.toLower e.outside)
    (lib.filter (e: e.outside != null && e.outside != "")
      (lib.concatMap
        (name: map (outside: { inherit name outside; })
          (lib.unique ([ name plans.${name}.deployment.hostname ] ++ namesOf plans.${name})))
        names));
  ambiguous = lib.filter (outside: lib.length (lib.unique (map (e: e.name) called.${outside})) > 1) (lib.attrNames called);
  callsItself = lib.filter (name: lib.elem plans.${name}.deployment.hostname [ "all" "localhost" ]) names;
in
if taken != [ ] then
  let name = lib.head taken;
  in fail {
    message = "no machine can be called \"${name}\": ${meaning.${lib.toLower name}}";
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
else plans
