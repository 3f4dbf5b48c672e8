{
  db = { ... }: {
    networking.interfaces.eth1.ipv4.addresses = [ { address = "192.168.1.10"; prefixLength = 24; } ];
  };
  web = { ... }: {
    networking.interfaces.eth1.ipv4.addresses = [ { address = "192.168.1.10"; prefixLength = 24; } ];
  };
}
