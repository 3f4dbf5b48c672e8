{
  test1 = { pkgs, ... }: {
    imports = [ { networking.domain = "one.example"; } ];
    networking.domain = "two.example";
  };
}
