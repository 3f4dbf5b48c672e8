{
  web = { ... }: {
    networking.hostName = webName;
  };
}
