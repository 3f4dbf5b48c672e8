# Names that nixpkgs has for versions of what Debian has in one, whichever is asked for.
{ lib }:

let
  program = package: mainProgram: { packages = [ package ]; inherit mainProgram; };
  services = import ./names-services.nix;
  all = package: names: lib.genAttrs names (_: package);
  numbered = package: name: versions: all package (map (version: "${name}${version}") versions);
in
numbered services.postgresql "postgresql" [ "92" "93" "94" "95" "96" "100" "_9_5" "_9_6" "_10" "_11" "_12" "_13" "_14" "_15" "_16" "_17" "_18" ]
// numbered services.mariadb "mariadb" [ "_104" "_105" "_106" "_1011" "_110" "_114" "_118" ]
// numbered services.mariadb "mysql" [ "55" "57" "80" "84" ]
// numbered (program "nodejs" "node") "nodejs" [ "_10" "_12" "_14" "_16" "_18" "_20" "_22" "_24" "-6_x" "-8_x" "-10_x" "-12_x" "-14_x" "-16_x" "-18_x" ]
// numbered (program "php8.2-cli" "php8.2") "php" [ "74" "80" "81" "82" "83" "84" ]
// numbered (program "golang-go" "go") "go" [ "_1_19" "_1_20" "_1_21" "_1_22" "_1_23" "_1_24" ]
// all (program "default-jdk-headless" "java") [ "temurin-bin" "temurin-bin-17" "openjdk17_headless" ]
// all (program "default-jre-headless" "java") [ "temurin-jre-bin" "temurin-jre-bin-17" ]
// all (program "nix-bin" "nix") [ "nixFlakes" "nixStable" "nixUnstable" "lix" ]
// all "varnish" [ "varnish60" "varnish72" "varnish75" "varnish76" ]
