# modules: vsftpd
{
  server = { ... }: {
    services.nfs.server.enable = true;
    services.nfs.server.exports = "/srv 192.168.1.0/24(rw,no_root_squash)";
    networking.firewall.enable = false;
  };
  client = { pkgs, ... }: {
    fileSystems."/data" = { device = "server:/srv"; fsType = "nfs"; options = pkgs.lib.mkIf false [ ]; noCheck = true; };
    services.vsftpd.enable = true;
    services.vsftpd.localUsers = true;
  };
}
