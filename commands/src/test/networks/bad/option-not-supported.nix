{
  db = { };
  web = { nodes, ... }: { environment.etc.db.text = toString nodes.db.config.services.grafana.port; };
}
