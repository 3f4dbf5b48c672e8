{
  web = { ... }: {
    services.openssh.enable = "yes";
  };
}
