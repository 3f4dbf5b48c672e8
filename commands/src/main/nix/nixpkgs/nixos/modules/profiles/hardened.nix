# What makes attacks on the kernel harder, as far as settings of a running kernel can.
{ lib, ... }:

{
  security.protectKernelImage = lib.mkDefault true;
  boot.blacklistedKernelModules = [ "ax25" "netrom" "rose" "adfs" "affs" "bfs" "befs" "cramfs" "efs" "erofs" "exofs" "freevxfs" "hfs" "hpfs" "jfs" "minix" "nilfs2" "omfs" "qnx4" "qnx6" "sysv" "ufs" ];
  boot.kernel.sysctl = lib.mapAttrs (_: lib.mkDefault) {
    "kernel.ftrace_enabled" = false;
    "kernel.unprivileged_bpf_disabled" = 1;
    "net.core.bpf_jit_enable" = false;
    "net.ipv4.conf.all.accept_redirects" = false;
    "net.ipv4.conf.all.log_martians" = true;
    "net.ipv4.conf.all.rp_filter" = "1";
    "net.ipv4.conf.all.secure_redirects" = false;
    "net.ipv4.conf.all.send_redirects" = false;
    "net.ipv4.conf.default.accept_redirects" = false;
    "net.ipv4.conf.default.log_martians" = true;
    "net.ipv4.conf.default.rp_filter" = "1";
    "net.ipv4.conf.default.secure_redirects" = false;
    "net.ipv4.conf.default.send_redirects" = false;
    "net.ipv4.icmp_echo_ignore_broadcasts" = true;
    "net.ipv6.conf.all.accept_redirects" = false;
    "net.ipv6.conf.default.accept_redirects" = false;
  };
}
