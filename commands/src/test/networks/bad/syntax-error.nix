{
  web = { pkgs, ... }: {
    services.openssh.enable = true
    services.httpd.enable = true;
  };
}
