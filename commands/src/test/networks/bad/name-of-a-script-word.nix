{ println = { }; }
