# What the virtual hardware and the architecture come to.
{
  shared = { pkgs, ... }: {
    nixpkgs.localSystem.system = "x86_64-linux";
    deployment.targetHost = "shared.example.net";
    virtualisation.sharedDirectories.here = { source = "$PWD"; target = "/mnt/here"; securityModel = "none"; };
    virtualisation.forwardPorts = [
      { from = "host"; proto = "tcp"; host.address = "127.0.0.1"; host.port = 22080; guest.address = ""; guest.port = 80; }
      { from = "guest"; proto = "tcp"; guest.address = "10.0.2.99"; guest.port = 7000; host.address = "127.0.0.1"; host.port = 22080; }
    ];
    networking.firewall.allowedTCPPorts = [ 80 ];
    services.nginx.enable = true;
  };

  small = {
    nixpkgs.system = "i686-linux";
    virtualisation.restrictNetwork = true;
    virtualisation.emptyDiskImages = [ { size = 32; driveConfig = { }; } ];
  };

  window = {
    virtualisation.graphics = true;
    virtualisation.resolution = { x = 800; y = 600; };
  };
}
