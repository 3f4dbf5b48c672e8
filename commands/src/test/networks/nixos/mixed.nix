# modules: redis haproxy
{
  small = { pkgs, ... }: { nixpkgs.system = "i686-linux"; environment.systemPackages = [ pkgs.hello ]; };
  large = { pkgs, ... }: { nixpkgs.system = "x86_64-linux"; nixpkgs.config.allowUnfree = true; services.redis.enable = true; };
  other = { ... }: { services.haproxy.enable = false; services.tftpd.enable = false; };
}
