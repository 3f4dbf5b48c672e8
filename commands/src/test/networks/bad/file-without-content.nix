{
  test1 = { environment.etc.motd.mode = "0600"; };
}
