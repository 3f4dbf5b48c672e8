{
  web_server = { ... }: { };
}
