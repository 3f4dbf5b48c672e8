{ lib, ... }: { networking.domain = lib.mkDefault "example.net"; }
