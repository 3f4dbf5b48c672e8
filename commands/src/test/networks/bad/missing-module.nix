{
  web = { modulesPath, ... }: {
    imports = [ "${modulesPath}/services/video/nothing.nix" ];
  };
}
