# Where Debian guests cannot do as NixOS does, by option. The documentation shows it beside the option.
{
  "environment.systemPackages" = "every package that is installed for any reason is on the path of all users; `/run/current-system/sw` leads to `/usr`";
  "fileSystems" = "the entry for / is left to nixlab, whatever it says";
  "i18n.defaultLocale" = "is always C.UTF-8";
  "networking.firewall.checkReversePath" = "is the kernel's rp_filter, which knows IPv4 only";
  "networking.firewall.enable" = "is nftables with the table `inet nixos-fw`, as NixOS makes it with `networking.nftables.enable`; `extraCommands`, which needs iptables, is refused in favour of `extraInputRules`";
  "networking.hostName" = "`/etc/hosts` knows every machine of the network by its host name, its full name and its `deployment.hostname`";
  "networking.nat.enable" = "is nftables, as NixOS makes it with `networking.nftables.enable`";
  "networking.useDHCP" = "eth0 is given 10.0.2.15, its router and its name server without asking, which saves seconds at boot";
  "networking.useNetworkd" = "leaves it to nixlab to set the addresses at boot; systemd-networkd takes them over and keeps them";
  "programs.bash.completion.enable" = "is off by default: it slows every interactive shell";
  "security.dhparams.params" = "are those of RFC 7919, of 2048 bits";
  "security.acme.certs" = "are signed by a CA that the machines of a lab have in common and trust; its key is in their store, readable for all, and worth nothing elsewhere";
  "security.sudo.enable" = "leaves the program in place when it is false, but nobody may use it";
  "services.bind.enable" = "runs as Debian's user bind, with the control key that Debian's package made";
  "services.dovecot2.enableDHE" = "uses the parameters that come with Debian's package";
  "services.httpd.virtualHosts" = "the test page of a server without hosts is nixlab's own";
  "services.mysql.package" = "is always MariaDB, which is Debian's";
  "services.nfs.server.enable" = "runs Debian's units nfs-server, nfs-mountd and rpcbind; a directory exported from the root lies on the machine's disk beside it";
  "services.nginx.logError" = "is a file, because nginx starts in the background and is then known to be ready";
  "services.openssh.hostKeys" = "holds an ed25519 key only by default: making a large RSA key takes an emulated machine many seconds";
  "services.openssh.settings.Ciphers" = "is Debian's choice by default, as are Macs and KexAlgorithms";
  "services.postfix.mapFiles" = "lie in `/etc/postfix`, a directory to which `/var/lib/postfix/conf` leads";
  "services.postgresql.package" = "is always PostgreSQL 15, which is Debian's";
  "system.activationScripts" = "run when file systems are mounted, in activation-scripts.service; those of NixOS itself have nothing to do";
  "swapDevices" = "takes devices, such as those of `virtualisation.emptyDiskImages`; files cannot be swap space here, so those with a `size` are left out";
  "systemd.network.networks" = "have their name servers (`dns`) in /etc/resolv.conf: systemd-resolved does not run";
  "systemd.services.<name>.path" = "the programs of all installed packages are found as well, after those of `path`";
  "users.users" = "root's password is empty, as in the machines of NixOS's test driver: the console needs none, and sshd lets nobody in without one";
  "virtualisation.diskSize" = "counts only what the machine writes; the Debian system lies on read-only layers of its own";
  "virtualisation.graphics" = "off by default, so that a machine also starts where there is no screen; on in a test whose script looks at it or types";
}
