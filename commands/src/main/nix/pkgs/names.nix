# What nixpkgs calls a package of Debian bookworm: a name, a list of names, or
# { packages; bin = further directories of programs; mainProgram; attrs }.
{
  # The base of every system
  bash = { packages = [ "bash" ]; attrs.shellPath = "/bin/bash"; };
  bashInteractive = { packages = [ "bash" ]; mainProgram = "bash"; attrs.shellPath = "/bin/bash"; };
  coreutils = { packages = [ "coreutils" ]; };
  gnugrep = { packages = [ "grep" ]; mainProgram = "grep"; };
}
