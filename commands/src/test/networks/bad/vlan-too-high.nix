{
  a = {
    virtualisation.vlans = [ 256 ];
  };
}
