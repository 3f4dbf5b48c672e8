# Containers of a test are virtual machines here.
{
  name = "containers";
  containers.web = {
    services.openssh.enable = true;
  };
  nodes.client = { nodes, ... }: {
    environment.etc."server".text = nodes.web.networking.hostName;
  };
  testScript = "start_all()";
}
