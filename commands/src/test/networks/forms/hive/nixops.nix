# As NixOps has it.
{
  network.storage.legacy = { };
  network.enableRollback = true;
  require = [ { d = { }; } ];
  resources.sshKeyPairs.key = { };
  defaults.networking.domain = "example.net";
  c = { resources, nodes, ... }: {
    deployment.targetEnv = "libvirtd";
    deployment.keys = resources.sshKeyPairs;
    users.motd = toString (builtins.attrNames nodes);
  };
}
