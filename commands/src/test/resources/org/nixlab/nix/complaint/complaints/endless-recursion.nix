let f = n: f (n + 1) + 1; in { test1 = { pkgs, ... }: { networking.hostName = f 1; }; }
