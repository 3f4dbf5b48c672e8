{
  a = { deployment.hostname = "b"; };
  b = { };
}
