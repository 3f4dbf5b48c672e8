{
  Web = { };
  web = { };
}
