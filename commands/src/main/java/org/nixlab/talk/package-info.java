/** The words of talking to a machine: request, what hears its output, result, sessions, quoting. */
package org.nixlab.talk;
