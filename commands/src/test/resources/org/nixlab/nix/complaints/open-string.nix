{ test1 = "hello }
