{
  network.description = "Keys that are no machines";
  defaults = { lib, ... }: { services.openssh.enable = lib.mkDefault true; };
  one = { deployment.tags = [ "web" ]; };
  two = { services.openssh.enable = false; networking.domain = "example.net"; };
}
