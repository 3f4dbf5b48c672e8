# What somebody at a desk wants of a machine, its hardware, and what guards both: a guest that is talked to from outside has
# none of it.
{ lib, ... }:

let
  inherit (lib) idle inert internal types;
  free = types.lazyAttrsOf types.anything;
  all = names: description: lib.genAttrs names (_: idle description);
in
{
  options = all [ "nixos-shell" ] "Settings of nixos-shell." // all [ "appstream" "gtk" "location" "qt" "sound" "xdg" ] "A part of a desktop." // {
    hardware = inert
      (types.submodule {
        freeformType = free;
        # Those that generated configurations ask for.
        options = lib.genAttrs [ "enableAllFirmware" "enableRedistributableFirmware" ] (_: internal types.bool false);
      })
      { } "Settings of hardware.";
    powerManagement = idle "Saving of power.";
    i18n.inputMethod = idle "Ways to type other scripts.";

    environment = all [ "budgie" "cinnamon" "cosmic" "deepin" "gnome" "lxqt" "mate" "pantheon" "plasma5" "plasma6" "xfce" ] "Settings of a desktop." // {
      noXlibs = inert types.bool false "Leave out what only screens need.";
      wordlist = idle "A list of words.";
    };
    networking = {
      modemmanager = idle "Modems.";
      wireless = idle "Wireless networks, of which there are none.";
    };
    programs = all
      [
        "_1password"
        "_1password-gui"
        "adb"
        "chromium"
        "dconf"
        "droidcam"
        "evince"
        "file-roller"
        "firefox"
        "gamemode"
        "gamescope"
        "geary"
        "gnome-disks"
        "gnome-terminal"
        "hyprland"
        "hyprlock"
        "i3lock"
        "kdeconnect"
        "labwc"
        "light"
        "localsend"
        "niri"
        "nm-applet"
        "noisetorch"
        "obs-studio"
        "partition-manager"
        "river"
        "seahorse"
        "slock"
        "steam"
        "sway"
        "system-config-printer"
        "thunar"
        "thunderbird"
        "virt-manager"
        "waybar"
        "wayfire"
        "xfconf"
        "xss-lock"
        "xwayland"
        "ydotool"
      ] "A program of a desktop.";
    security = {
      rtkit = idle "Priority for sound.";
      tpm2 = idle "A chip that keeps keys.";
    };
    services = all
      [
        "accounts-daemon"
        "auto-cpufreq"
        "autorandr"
        "blueman"
        "cage"
        "colord"
        "connman"
        "compton"
        "cpupower-gui"
        "desktopManager"
        "displayManager"
        "flatpak"
        "gnome"
        "gnome3"
        "greetd"
        "gvfs"
        "kanata"
        "keyd"
        "libinput"
        "noctalia"
        "orca"
        "packagekit"
        "physlock"
        "picom"
        "pipewire"
        "pulseaudio"
        "redshift"
        "seatd"
        "spice-autorandr"
        "spice-vdagentd"
        "spice-webdavd"
        "speechd"
        "tumbler"
        "unclutter"
        "xserver"
        "xbanish"
      ] "A part of a desktop."
    // all
      [
        "acpid"
        "actkbd"
        "automatic-timezoned"
        "btrfs"
        "localtime"
        "localtimed"
        "zfs"
        "asusd"
        "bolt"
        "fprintd"
        "fstrim"
        "fwupd"
        "geoclue2"
        "hardware"
        "hdapsd"
        "illum"
        "interception-tools"
        "ipp-usb"
        "irqbalance"
        "kmscon"
        "mbpfan"
        "pcscd"
        "power-profiles-daemon"
        "printing"
        "rasdaemon"
        "smartd"
        "switcherooControl"
        "thermald"
        "throttled"
        "tlp"
        "tzupdate"
        "udisks2"
        "undervolt"
        "upower"
        "usbmuxd"
      ] "Care for hardware.";
  };
}
