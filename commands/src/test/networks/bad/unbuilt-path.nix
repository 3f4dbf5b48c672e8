{
  web = { ... }: {
    environment.etc."run".text = "exec /nix/store/gk6jw5gh2f9ybn1h3zp5lx2kd0arv2vx-hello-2.12/bin/hello";
  };
}
