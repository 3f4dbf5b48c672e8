{ test1 = { pkgs, ... }: { imports = [ <nixpkgs/foo> ]; }; }
