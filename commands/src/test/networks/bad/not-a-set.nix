[ "web" "db" ]
