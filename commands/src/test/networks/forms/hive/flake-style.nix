# As NixOps has it in flakes.
{
  nixpkgs = { outPath = "/nowhere"; };
  network.description = "one";
  c = { };
}
