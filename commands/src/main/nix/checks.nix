# What must hold between machines.
{ lib, file }:

plans:

let
  inherit (lib) fail;
  entries = lib.concatLists (lib.mapAttrsToList
    (name: plan: lib.concatMap
      (card: map (a: { inherit name; key = "${toString card.vlan} ${a.address}"; inherit (a) address; inherit (card) vlan; }) card.addresses)
      plan.interfaces)
    plans);
  byAddress = lib.groupBy (e: e.key) entries;
  doubled = lib.filter (key: lib.length (lib.unique (map (e: e.name) byAddress.${key})) > 1) (lib.attrNames byAddress);
  both = list: lib.concatMapStringsSep " and " (e: "`${e.name}`") list;
in
if doubled != [ ] then
  let clash = byAddress.${lib.head doubled};
  in fail {
    message = "machines ${both clash} have one address, ${(lib.head clash).address}, on VLAN ${toString (lib.head clash).vlan}";
    place = file;
    hint = "give one of them another in `networking.interfaces.<name>.ipv4.addresses`";
  }
else plans
