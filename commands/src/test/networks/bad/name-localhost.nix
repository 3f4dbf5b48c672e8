{ localhost = { }; }
