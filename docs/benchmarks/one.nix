# One machine with sshd and Apache, to measure its boot.
{
  web = {
    services.openssh.enable = true;
    services.httpd.enable = true;
    nixpkgs.system = "x86_64-linux";
  };
}
