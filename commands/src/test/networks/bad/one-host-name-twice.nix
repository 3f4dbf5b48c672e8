{
  test1 = { networking.hostName = "same"; };
  test2 = { networking.hostName = "same"; };
}
