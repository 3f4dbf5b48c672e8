{
  web = { ... }: {
    networking.hostName = "web" + 1;
  };
}
