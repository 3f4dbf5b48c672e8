{
  test1 = { pkgs, ... }: {
    services.httpd.enable = true;
    services.httpd.virtualHosts."www.example.net".documentRot = "/srv";
  };
}
