_: throw "nixlab: the test framework of NixOS is known only to network files themselves"
