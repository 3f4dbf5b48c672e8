# The directory of the flake that a file in a directory belongs to, or null.
directory:

let
  climb = at:
    if builtins.pathExists (at + "/flake.nix") then at
    else if builtins.pathExists (at + "/.git") || toString at == "/" then null
    else climb (dirOf at);
in
climb (/. + directory)
