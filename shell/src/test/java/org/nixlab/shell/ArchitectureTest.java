package org.nixlab.shell;

/** Has the one architecture test run with this module's tests as well. */
class ArchitectureTest extends org.nixlab.architecture.ArchitectureTest {}
