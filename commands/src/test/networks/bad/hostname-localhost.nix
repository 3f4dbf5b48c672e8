{ a.deployment.hostname = "localhost"; }
