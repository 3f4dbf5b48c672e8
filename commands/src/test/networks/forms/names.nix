{
  web_1 = { };
  "db.example.net" = { };
  "db.example.org" = { networking.hostName = "base"; };
  status = { };
  all = { };
  lab = { };
  println = { };
  "in" = { };
}
