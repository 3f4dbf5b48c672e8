# As colmena has it.
{
  meta = {
    description = "two of a kind";
    nixpkgs = import <nixpkgs> { };
    specialArgs.domain = "example.net";
    nodeSpecialArgs.b.domain = "example.org";
  };
  defaults = { domain, ... }: { networking = { inherit domain; }; };
  a.deployment = { targetHost = "a.example.net"; tags = [ "web" ]; };
  b = { };
}
