{
  boots = { virtualisation.useBootLoader = true; };
}
