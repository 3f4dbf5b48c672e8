# Nobody gets here: nixlab hands the tests of files to a framework of its own.
{ ... }: throw "the test framework was called"
