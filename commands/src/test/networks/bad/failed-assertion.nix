{
  test1 = { users.users.alice.group = "users"; };
}
