_: throw "nixlab: the systems of NixOS are known only to network files themselves"
