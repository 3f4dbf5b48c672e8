# What the kernel lets processes do to it, and what else of `security` looks after a system.
{ config, lib, ... }:

let
  inherit (lib) idle inert option types;
  cfg = config.security;
in
{
  options.security = {
    protectKernelImage = option types.bool false "Whether the running kernel cannot be replaced by another.";
    allowUserNamespaces = option types.bool true "Whether there are user namespaces.";
    unprivilegedUsernsClone = option types.bool true "Whether everybody may make user namespaces, as Debian has it.";
    lockKernelModules = inert types.bool false "Load no kernel modules once the system is up.";
    allowSimultaneousMultithreading = inert types.bool true "Use processors' threads.";
    forcePageTableIsolation = inert types.bool false "Keep the kernel's pages apart.";
    hideProcessInformation = inert types.bool false "Hide the processes of others.";
    virtualisation.flushL1DataCache = inert (types.nullOr types.str) null "When caches are emptied before a virtual machine runs.";
    apparmor = idle "Confinement of programs.";
    audit = idle "What the kernel records for auditors.";
    auditd = idle "The program that keeps it.";
    isolate = idle "A sandbox.";
    pam = lib.genAttrs [ "krb5" "makeHomeDir" "mount" "oath" "p11" "rssh" "services" "sshAgentAuth" "u2f" "usb" "ussh" "yubico" ]
      (_: idle "A way to log in.")
    // {
      enableSSHAgentAuth = inert types.bool false "Let the ssh agent answer for passwords.";
      enableEcryptfs = inert types.bool false "Mount encrypted homes at login.";
    };
  };

  config.boot.kernel.sysctl = lib.mkMerge [
    (lib.mkIf cfg.protectKernelImage { "kernel.kexec_load_disabled" = lib.mkDefault true; })
    (lib.mkIf (!cfg.allowUserNamespaces) { "user.max_user_namespaces" = 0; })
    (lib.mkIf (!cfg.unprivilegedUsernsClone) { "kernel.unprivileged_userns_clone" = lib.mkDefault false; })
  ];
}
