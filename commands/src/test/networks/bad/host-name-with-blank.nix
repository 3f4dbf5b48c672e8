{
  web = { networking.hostName = "my web"; };
}
