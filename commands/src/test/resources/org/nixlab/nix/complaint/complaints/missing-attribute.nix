{ test1 = { lib, ... }: { networking.hostName = lib.mkFoo 1; }; }
