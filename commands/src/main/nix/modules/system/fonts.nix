# Fonts, as packages.
{ config, lib, ... }:

let
  inherit (lib) idle inert option types;
in
{
  imports = [ (lib.mkRenamedOptionModule [ "fonts" "fonts" ] [ "fonts" "packages" ]) ];

  options.fonts = {
    packages = option (types.listOf types.package) [ ] "Packages of fonts.";
    enableDefaultPackages = option types.bool false "Whether there are fonts for the usual scripts, which nobody has to name.";
    fontconfig = idle "Which fonts programs choose.";
    fontDir = idle "All fonts in one directory.";
    enableGhostscriptFonts = inert types.bool false "Fonts of Ghostscript.";
  };

  config = {
    environment.systemPackages = config.fonts.packages;
    nixlab.packages = lib.optional config.fonts.enableDefaultPackages "fonts-dejavu-core";
  };
}
