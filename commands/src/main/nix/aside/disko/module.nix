import ../idle.nix { disko = "How disks are divided."; }
