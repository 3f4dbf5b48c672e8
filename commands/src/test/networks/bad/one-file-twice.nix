{
  test1 = {
    environment.etc.one = { target = "same"; text = "1"; };
    environment.etc.two = { target = "same"; text = "2"; };
  };
}
