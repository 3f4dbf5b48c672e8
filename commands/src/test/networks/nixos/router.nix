{
  left.virtualisation.vlans = [ 1 ];
  right.virtualisation.vlans = [ 2 ];
  router = { ... }: {
    virtualisation.vlans = [ 1 2 ];
    boot.kernel.sysctl."net.ipv4.ip_forward" = 1;
    networking.firewall.enable = false;
  };
}
