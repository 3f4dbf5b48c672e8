{
  web = { ... }: {
    environment.etc."motd".source = ./nowhere.txt;
  };
}
