{
  name = "by-hand";
  nodes.web = { };
  interactive.nodes.web.networking.domain = "by.hand";
  interactive.nodes.desk = { };
  testScript = "web.start()";
}
