{
  name = "boxes";
  containerDefaults.networking.domain = "box";
  containers.box = { };
  nodes.web = { };
  testScript = "";
}
