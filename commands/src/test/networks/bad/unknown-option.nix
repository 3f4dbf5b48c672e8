{
  web = { ... }: {
    services.htpd.enable = true;
  };
}
