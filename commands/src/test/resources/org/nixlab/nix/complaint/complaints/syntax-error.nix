{
  test1 = { pkgs, ... }: {
    services.openssh.enable = true
    services.httpd.enable = true;
  };
}
