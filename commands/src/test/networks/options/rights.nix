# Who may do what; users' own services; tunnels of wg-quick between two machines.
{
  one = { config, pkgs, lib, ... }: {
    security = {
      doas = {
        enable = true;
        wheelNeedsPassword = false;
        extraRules = [
          { users = [ 1302 ]; persist = true; keepEnv = true; }
          { users = [ "bob" ]; groups = [ "crew" 4243 ]; noPass = true; noLog = true; keepEnv = false; setEnv = [ "SIGN=red" ]; runAs = "alice"; cmd = "env"; args = [ "-u" "HOME" ]; }
        ];
        extraConfig = "deny mallory";
      };
      wrappers = {
        as-root = { source = "${pkgs.coreutils}/bin/id"; owner = "root"; group = "crew"; setuid = true; permissions = "u+rx,g+x"; };
        as-crew = { program = "as-the-crew"; source = "${pkgs.coreutils}/bin/id"; owner = "root"; group = "crew"; setgid = true; };
        as-clock = { source = "${pkgs.coreutils}/bin/date"; owner = "root"; group = "root"; capabilities = "cap_sys_time+ep"; };
        none = { enable = false; source = "/bin/false"; owner = "root"; group = "root"; };
      };
      polkit = { enable = true; adminIdentities = [ "unix-user:alice" ]; extraConfig = "// mine"; };
      krb5 = {
        enable = true;
        settings = {
          include = [ "/etc/krb5-more.conf" ];
          libdefaults = { default_realm = "EXAMPLE.NET"; forwardable = true; };
          realms."EXAMPLE.NET" = { admin_server = "one"; kdc = [ "one" "two" ]; };
        };
      };
      protectKernelImage = true;
      allowUserNamespaces = true;
      unprivilegedUsernsClone = false;
    };
    environment.etc."krb5-more.conf".text = "";
    environment.etc."carols-password" = { text = "$6$salt$of-the-machine\n"; mode = "0400"; };
    users.groups.crew = { };
    users.users = {
      alice = {
        isNormalUser = true;
        uid = 1301;
        extraGroups = [ "wheel" ];
        linger = true;
        expires = "2100-01-31";
        subUidRanges = [ { startUid = 300000; count = 1000; } ];
        subGidRanges = [ { startGid = 400000; count = 2000; } ];
      };
      carol = { isNormalUser = true; uid = 1303; hashedPasswordFile = "/etc/carols-password"; };
      bob = { isNormalUser = true; uid = 1302; autoSubUidGidRange = true; linger = true; };
    };

    system.userActivationScripts = {
      second = { deps = [ "first" ]; text = "cat /tmp/first-$UID >/tmp/second-$UID"; };
      first = "id -un >/tmp/first-$UID; false";
    };
    fonts.packages = [ pkgs.fonts-hack ];
    fonts.enableDefaultPackages = true;
    programs = {
      dublin-traceroute.enable = true;
      firejail.enable = true;
      firejail.wrappedBinaries = {
        jailed-id = "${pkgs.coreutils}/bin/id";
        jailed-env = { executable = "/usr/bin/env"; profile = "/etc/firejail/default.profile"; extraArgs = [ "--env=JAILED=yes" "--quiet" ]; };
      };
      ssh = {
        ciphers = [ "aes256-ctr" ];
        hostKeyAlgorithms = [ "ssh-ed25519" ];
        kexAlgorithms = [ "curve25519-sha256" ];
        macs = [ "hmac-sha2-512" ];
        pubkeyAcceptedKeyTypes = [ "ssh-ed25519" ];
      };
    };

    systemd = {
      user = {
        services.greets = { wantedBy = [ "default.target" ]; serviceConfig.Type = "oneshot"; script = "id -un >/tmp/greeted-$UID"; };
        timers.greets.timerConfig.OnCalendar = "2099-01-01";
        sockets.greets = { listenStreams = [ "%t/greets" ]; };
        targets.own = { };
        paths.greets.pathConfig.PathExists = "/run/never";
        slices.own.sliceConfig.MemoryMax = "64M";
        extraConfig = "DefaultTimeoutStopSec=44s";
        tmpfiles.rules = [ "d %h/made 0700" ];
        tmpfiles.users.alice.rules = [ "d %h/alice-made 0700" ];
      };
      units = {
        "plain.service" = { text = "[Unit]\nDescription=Plain\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"; wantedBy = [ "multi-user.target" ]; aliases = [ "also-plain.service" ]; };
        "needed.target" = { text = "[Unit]\nDescription=Needed\n"; requiredBy = [ "plain.service" ]; upheldBy = [ "plain.service" ]; };
        "systemd-tmpfiles-clean.timer" = { text = "[Unit]\nDescription=Changed\n"; overrideStrategy = "asDropin"; };
        "none.service".enable = false;
      };
      nspawn.box = { enable = true; execConfig.Boot = false; filesConfig.ReadOnly = true; networkConfig.Private = true; };
    };

    networking.resolvconf.useLocalResolver = true;
    networking.macvlans.inner = { interface = "eth1"; mode = "bridge"; };
    networking.interfaces.inner.ipv4.addresses = [ { address = "10.7.0.1"; prefixLength = 24; } ];
    networking.firewall.allowedUDPPorts = [ 51821 ];
    networking.wg-quick.interfaces.wg0 = {
      autostart = true;
      address = [ "10.110.0.1/24" ];
      privateKeyFile = "/etc/keys/own";
      listenPort = 51821;
      table = "78";
      mtu = 1390;
      preUp = "touch /run/quick-before";
      postUp = [ "touch /run/quick-after" ];
      preDown = "touch /run/quick-going";
      postDown = "touch /run/quick-gone";
      peers = [ { publicKey = "CxGI4915VOV1zA/EowfI6c/LbZF99+Kqiw+OdsTXLxw="; presharedKeyFile = "/etc/keys/shared"; allowedIPs = [ "10.110.0.2/32" ]; } ];
    };
    environment.etc."keys/own" = { text = "MPXXAiidYRe07dnfOCVmUM97w1PLbxXzVDOZG1cCEkM="; mode = "0600"; };
    environment.etc."keys/shared" = { text = "pji+kmwyWzJEmld5ARTAD2OUr22sEmPsUoikMMVo0GM="; mode = "0600"; };
  };

  two = {
    security.allowUserNamespaces = false;
    networking.proxy = { default = "http://proxy.test:1"; httpsProxy = "http://proxy.test:2"; ftpProxy = null; noProxy = "one"; };
    networking.wg-quick.interfaces = {
      wg0 = {
        address = [ "10.110.0.2/24" ];
        privateKey = "EHpXFBSjKq8qlYbhu7BUXsDhgZNcrwEn+UqM8VKinn4=";
        peers = [ {
          publicKey = "Tm9yYS9BTz75BJELChsIAbYThJSBvP7HdS3n5VLxeic=";
          presharedKey = "pji+kmwyWzJEmld5ARTAD2OUr22sEmPsUoikMMVo0GM=";
          allowedIPs = [ "10.110.0.1/32" ];
          endpoint = "one:51821";
          persistentKeepalive = 1;
        } ];
      };
      wg1 = { configFile = "/etc/wg1"; autostart = false; };
      wg2 = { address = [ "10.112.0.2/24" ]; privateKeyFile = "/var/lib/wg2/key"; generatePrivateKeyFile = true; dns = [ "192.0.2.53" "tunnel.test" ]; };
    };
    environment.etc.wg1 = { text = "[Interface]\nPrivateKey = EHpXFBSjKq8qlYbhu7BUXsDhgZNcrwEn+UqM8VKinn4=\nAddress = 10.111.0.2/24\n"; mode = "0600"; };
  };
}
