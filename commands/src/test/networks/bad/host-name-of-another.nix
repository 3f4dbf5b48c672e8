{
  a = { };
  b = { networking.hostName = "A"; };
  c = { networking.hostName = "b"; };
}
