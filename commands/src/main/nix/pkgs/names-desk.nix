# As names.nix, for fonts, screens and what is done at a desk.
let
  program = package: mainProgram: { packages = [ package ]; inherit mainProgram; };
in
{
  # Fonts
  fira-code = "fonts-firacode";
  fira-code-symbols = "fonts-firacode";
  font-awesome = "fonts-font-awesome";
  font-awesome_4 = "fonts-fork-awesome";
  noto-fonts-cjk = "fonts-noto-cjk";
  open-sans = "fonts-open-sans";
  powerline-fonts = "fonts-powerline";
  roboto = "fonts-roboto";
  ttf_bitstream_vera = "ttf-bitstream-vera";

  # Screens
  intel-media-driver = "intel-media-va-driver";
  intel-vaapi-driver = "i965-va-driver";
  libva-utils = program "vainfo" "vainfo";
  libvdpau-va-gl = "libvdpau-va-gl1";
  vaapiIntel = "i965-va-driver";
  wayland = "libwayland-bin";
  xev = program "x11-utils" "xev";
  xkill = program "x11-utils" "xkill";

  # Desktops
  arc-icon-theme = "arc-theme";
  mako = program "mako-notifier" "mako";
  networkmanagerapplet = program "network-manager-gnome" "nm-applet";
  networkmanager-openvpn = "network-manager-openvpn";
  polkit_gnome = "policykit-1-gnome";
  st = program "stterm" "st";
  gimp-with-plugins = "gimp";
  transmission_4-gtk = program "transmission-gtk" "transmission-gtk";
  transmission_4 = program "transmission-cli" "transmission-cli";

  # Devices
  android-tools = { packages = [ "adb" "fastboot" ]; mainProgram = "adb"; };
  ddrescue = program "gddrescue" "ddrescue";
  hplipWithPlugin = "hplip";
  sane-backends = program "sane-utils" "scanimage";

  # Texts and pictures
  ctags = program "universal-ctags" "ctags";
  docbook5 = "docbook5-xml";
  exiftool = program "libimage-exiftool-perl" "exiftool";
  libarchive = program "libarchive-tools" "bsdtar";
  libcaca = program "caca-utils" "cacaview";
  librsvg = program "librsvg2-bin" "rsvg-convert";
  nethack = program "nethack-console" "nethack";
  ntfsprogs = "ntfs-3g";
  liboping = program "oping" "oping";
  pstree = program "psmisc" "pstree";
  spawn_fcgi = program "spawn-fcgi" "spawn-fcgi";
  sshfs-fuse = program "sshfs" "sshfs";
}
