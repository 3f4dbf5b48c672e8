# As names.nix, for servers and their clients. Where Debian keeps programs off the path, `bin` says where they are.
let
  program = package: mainProgram: { packages = [ package ]; inherit mainProgram; };
  postgresql = {
    packages = [ "postgresql-15" ];
    bin = [ "/usr/lib/postgresql/15/bin" ];
    mainProgram = "psql";
    attrs.psqlSchema = "15";
  };
  mariadb = { packages = [ "mariadb-server" "mariadb-client" ]; mainProgram = "mariadb"; };
in
{
  # Web
  apacheHttpd = program "apache2" "apache2";
  apacheHttpd_2_4 = program "apache2" "apache2";
  nginxMainline = "nginx";
  nginxStable = "nginx";
  varnish = program "varnish" "varnishd";
  tomcat = "tomcat10";
  stunnel = program "stunnel4" "stunnel4";
  tinyproxy = { packages = [ "tinyproxy-bin" "tinyproxy" ]; mainProgram = "tinyproxy"; };

  # Databases
  inherit postgresql mariadb;
  mysql = mariadb;
  mariadb-client = program "mariadb-client" "mariadb";
  mysql-client = program "mariadb-client" "mariadb";
  redis = { packages = [ "redis-server" "redis-tools" ]; mainProgram = "redis-cli"; };
  valkey = { packages = [ "redis-server" "redis-tools" ]; mainProgram = "redis-cli"; };
  sqlite = program "sqlite3" "sqlite3";
  sqlite-interactive = program "sqlite3" "sqlite3";
  etcd = { packages = [ "etcd-server" "etcd-client" ]; mainProgram = "etcd"; };

  # Names and addresses
  dnsmasq = "dnsmasq-base";
  bind = {
    packages = [ "bind9" "bind9-utils" "bind9-dnsutils" ];
    mainProgram = "named";
    parts = { dnsutils = "bind9-dnsutils"; host = "bind9-host"; };
  };
  pdns = program "pdns-server" "pdns_server";
  powerdns = program "pdns-server" "pdns_server";
  kea = { packages = [ "kea" ]; };
  avahi = { packages = [ "avahi-daemon" "avahi-utils" ]; mainProgram = "avahi-browse"; };
  ntp = program "ntpsec" "ntpd";
  chrony = program "chrony" "chronyd";

  knot-resolver = program "knot-resolver" "kresd";

  # Files, mail, messages
  icecast = "icecast2";
  murmur = "mumble-server";
  rabbitmq-server = program "rabbitmq-server" "rabbitmqctl";
  openiscsi = program "open-iscsi" "iscsiadm";
  targetcli = program "targetcli-fb" "targetcli";
  glusterfs = { packages = [ "glusterfs-server" "glusterfs-client" ]; mainProgram = "gluster"; };
  ceph-client = program "ceph-common" "ceph";
  gitolite = program "gitolite3" "gitolite";
  heimdal = program "heimdal-clients" "kinit";
  nbd = { packages = [ "nbd-client" "nbd-server" ]; mainProgram = "nbd-client"; };
  proftpd = "proftpd-core";
  postfix = program "postfix" "postfix";
  exim = "exim4-daemon-light";
  dovecot = { packages = [ "dovecot-core" "dovecot-imapd" ]; mainProgram = "dovecot"; };
  dovecot_pigeonhole = { packages = [ "dovecot-sieve" "dovecot-managesieved" ]; mainProgram = "sievec"; };
  mailutils = program "bsd-mailx" "mail";
  mailx = program "bsd-mailx" "mail";
  mosquitto = { packages = [ "mosquitto" "mosquitto-clients" ]; mainProgram = "mosquitto"; };
  weechat = program "weechat-curses" "weechat";
  tftpd-hpa = program "tftpd-hpa" "in.tftpd";
  atftp = "atftpd";

  # Computing on many machines
  slurm = { packages = [ "slurm-wlm" "slurm-client" ]; mainProgram = "sinfo"; };
  openmpi = { packages = [ "openmpi-bin" "libopenmpi-dev" ]; mainProgram = "mpirun"; };
  mpi = { packages = [ "openmpi-bin" "libopenmpi-dev" ]; mainProgram = "mpirun"; };
  kubectl = program "kubernetes-client" "kubectl";
  icecream = program "icecc" "icecc";

  # Watching and running
  prometheus = program "prometheus" "prometheus";
  prometheus-alertmanager = program "prometheus-alertmanager" "prometheus-alertmanager";
  docker_compose = "docker-compose";
  audit = program "auditd" "auditctl";
  prometheus-node-exporter = program "prometheus-node-exporter" "prometheus-node-exporter";
  syslogng = "syslog-ng";
  docker-client = { packages = [ "docker.io" ]; mainProgram = "docker"; };
  docker = { packages = [ "docker.io" ]; mainProgram = "docker"; };
  libvirt = "libvirt-daemon-system";
  drbd = "drbd-utils";
  nagiosPluginsOfficial = "monitoring-plugins-basic";
  munin = "munin-node";
  nagios = "nagios4";
  zabbix = { packages = [ "zabbix-agent" ]; };
}
