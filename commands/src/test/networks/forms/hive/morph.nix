# As morph has it.
{
  network = {
    description = "one";
    pkgs = import <nixpkgs> { };
    specialArgs.domain = "example.net";
  };
  "web.example.org" = { domain, ... }: {
    users.motd = domain;
    deployment.targetUser = "root";
    deployment.healthChecks.http = [ { port = 80; } ];
  };
}
