{
  web = { config, ... }: {
    networking.hostName = config.networking.hostName + "x";
  };
}
