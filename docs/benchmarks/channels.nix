{ m.services.httpd.enable = true; }
