# As names.nix, for what nixpkgs has in `xorg`.
let
  program = package: mainProgram: { packages = [ package ]; inherit mainProgram; };
  of = package: names: builtins.listToAttrs (map (name: { inherit name; value = program package name; }) names);
in
of "x11-apps" [ "xeyes" "xclock" "xcalc" "xlogo" "xload" "xwd" "xwud" "xmag" "xedit" "xmessage" "xclipboard" "oclock" "ico" "x11perf" "bitmap" ]
// of "x11-xserver-utils" [ "xhost" "xset" "xrandr" "xrdb" "xsetroot" "xgamma" "xmodmap" "xrefresh" "iceauth" ]
  // of "x11-utils" [ "xdpyinfo" "xwininfo" "xprop" "xev" "xkill" "xlsclients" "xlsfonts" "xlsatoms" "xvinfo" "xfontsel" "luit" ]
  // of "x11-xkb-utils" [ "setxkbmap" "xkbcomp" "xkbevd" "xkbprint" "xkbutils" ]
  // {
  xorgserver = { packages = [ "xserver-xorg-core" "xvfb" ]; mainProgram = "Xorg"; };
  libX11 = { packages = [ "libx11-6" ]; parts.dev = "libx11-dev"; };
  libXext = { packages = [ "libxext6" ]; parts.dev = "libxext-dev"; };
}
