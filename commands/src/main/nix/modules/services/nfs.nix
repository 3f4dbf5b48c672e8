# The NFS server of the kernel, with Debian's units for it.
{ config, lib, ... }:

let
  inherit (lib) option types;
  cfg = config.services.nfs.server;
  section = name: values: "[${name}]\n" + lib.concatStrings (lib.mapAttrsToList (k: v: "${k}=${if v == true then "y" else if v == false then "n" else toString v}\n") values);
  port = what: option (types.nullOr types.port) null "Port of ${what}; null: any." // { example = 4002; };
  # Where the static mount unit of Debian's package puts it; a generator would choose another place.
  pipefs = "/var/lib/nfs/rpc_pipefs";
  # What mountd takes for the root of all that is exported.
  root = "/run/nixlab/exports";
  # The directory at the begin of each line of exports.
  exported = lib.filter (d: d != null) (map
    (l: let found = builtins.match "[ \t]*(/[^ \t]+).*" l; in if found == null then null else lib.head found)
    (lib.splitString "\n" cfg.exports));
  units = [
    "nfs-server.service" "nfs-mountd.service" "nfs-idmapd.service" "nfsdcld.service" "nfs-utils.service" "rpcbind.service"
    "rpcbind.socket" "rpcbind.target" "rpc-statd.service" "rpc-statd-notify.service" "rpc_pipefs.target" "proc-fs-nfsd.mount"
    "var-lib-nfs-rpc_pipefs.mount"
  ];
in
{
  options.services.nfs = {
    server = {
      enable = lib.mkEnableOption "the NFS server";
      exports = option types.lines "" "Content of /etc/exports." // { example = "/export 192.168.1.0/24(rw,no_subtree_check)"; };
      createMountPoints = option types.bool false "Whether directories that are exported are made.";
      nproc = option types.int 8 "Number of threads.";
      hostName = option (types.nullOr types.str) null "Address it listens on; null: all.";
      mountdPort = port "mountd";
      lockdPort = port "lockd";
      statdPort = port "statd";
      extraNfsdConfig = option types.str "" "Further lines of section [nfsd].";
    };
    settings = option (types.attrsOf (types.attrsOf (types.oneOf [ types.bool types.int types.str ]))) { } "Sections of nfs.conf."
      // { example = { nfsd.vers3 = false; }; };
    idmapd.settings = option (types.attrsOf (types.attrsOf types.str)) { } "Sections of idmapd.conf.";
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "nfs-kernel-server" ];
    nixlab.units = units;
    nixlab.files = [{ path = "/etc/systemd/system/multi-user.target.wants/nfs-server.service"; link = "/lib/systemd/system/nfs-server.service"; }];
    services.nfs.settings = {
      general.pipefs-directory = lib.mkDefault pipefs;
      nfsd = { threads = lib.mkDefault cfg.nproc; } // lib.optionalAttrs (cfg.hostName != null) { host = cfg.hostName; };
      mountd = lib.mkIf (cfg.mountdPort != null) { port = cfg.mountdPort; };
      statd = lib.mkIf (cfg.statdPort != null) { port = cfg.statdPort; };
      lockd = lib.mkIf (cfg.lockdPort != null) { port = cfg.lockdPort; udp-port = cfg.lockdPort; };
    };
    environment.etc = {
      exports.text = cfg.exports + "\n";
      "nfs.conf".text = lib.concatStrings (lib.mapAttrsToList
        (name: values: section name values + lib.optionalString (name == "nfsd") "${cfg.extraNfsdConfig}\n")
        config.services.nfs.settings);
      "idmapd.conf".text = lib.concatStrings (lib.mapAttrsToList section config.services.nfs.idmapd.settings);
    };
    services.nfs.idmapd.settings = {
      General.Pipefs-Directory = lib.mkDefault pipefs;
      Mapping.Nobody-User = lib.mkDefault "nobody";
      Mapping.Nobody-Group = lib.mkDefault "nogroup";
    };
    # The kernel cannot export a root that is put together from layers, nor lead a client of NFS 4 through it: what is
    # exported from it lies on the machine's disk beside it, and the way there is made of directories of that disk.
    services.nfs.settings.exports.rootdir = root;
    systemd.services.nfs-exports = {
      description = "Directories of the NFS server";
      requiredBy = [ "nfs-server.service" ];
      before = [ "nfs-server.service" "nfs-mountd.service" ];
      after = [ "local-fs.target" "systemd-tmpfiles-setup.service" ];
      unitConfig.DefaultDependencies = false;
      conflicts = [ "shutdown.target" ];
      serviceConfig = { Type = "oneshot"; RemainAfterExit = true; };
      script = ''
        root=${root}
        for disk in /sys/block/vd*; do
            [ "$(cat "$disk/serial")" != nixlab-state ] || break
        done
        mkdir -p $root
        mount "/dev/''${disk##*/}" $root
        mkdir -p $root/exports
        mount --bind $root/exports $root
        for directory in ${lib.escapeShellArgs exported}; do
            [ -d "$directory" ] || continue
            if [ "$(stat -f -c %T "$directory")" != overlayfs ]; then
                mkdir -p "$root$directory"
                mount --bind "$directory" "$root$directory"
                continue
            fi
            if [ ! -e "$root$directory" ]; then
                mkdir -p "$root$(dirname "$directory")"
                cp -a "$directory" "$root$directory"
            fi
            mount --bind "$root$directory" "$directory"
        done
      '';
    };
    systemd.tmpfiles.rules = lib.mkIf cfg.createMountPoints (map (d: "d ${d}") exported);
  };
}
