/**
 * The test scripts of NixOS tests, run as they are: by the host's {@code python3}, with modules of nixlab's that give them the
 * test driver's names and hand each call over a private socket to whoever runs the test.
 *
 * <p>Start with {@link org.nixlab.scenario.python.PythonRun}; the modules are resources beside this package's classes.
 */
package org.nixlab.scenario.python;
