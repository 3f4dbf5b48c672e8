{
  worker = { pkgs, lib, ... }: {
    systemd.services.work = {
      description = "Some work";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      path = [ pkgs.gzip ];
      environment.GREETING = "hello";
      serviceConfig.Restart = "on-failure";
      script = "echo $GREETING";
    };
    systemd.timers.work = {
      wantedBy = [ "timers.target" ];
      timerConfig.OnCalendar = "daily";
    };
    boot.kernelParams = [ "quiet" ];
    virtualisation.emptyDiskImages = [ 64 128 ];
  };
}
