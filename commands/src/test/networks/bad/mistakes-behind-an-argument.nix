{ domain }:
{
  web.networking = { inherit domain; };
  web.services.loki.enable = true;
  web.services.grafana.enable = true;
}
