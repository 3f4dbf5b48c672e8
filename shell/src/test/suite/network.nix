# One machine for most methods, and one with a screen.
{
  a = {
    networking.firewall.allowedTCPPorts = [ 7080 ];
    users.users.alice = { isNormalUser = true; linger = true; };
    systemd.services.calm = { script = "echo calm and well; sleep 10000"; };
    systemd.services.broken = { script = "echo it is broken; exit 3"; serviceConfig.Type = "oneshot"; };
  };
  b = { pkgs, ... }: {
    virtualisation.memorySize = 320;
    virtualisation.graphics = true;
    environment.systemPackages = [ pkgs.xvfb pkgs.x11-utils ];
  };
}
