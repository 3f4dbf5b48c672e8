{
  kept = {
    virtualisation.writableStore = true;
    virtualisation.writableStoreUseTmpfs = false;
    virtualisation.emptyDiskImages = [ 64 ];
  };
}
