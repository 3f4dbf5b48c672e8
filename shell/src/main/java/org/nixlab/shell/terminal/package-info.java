/** The user's terminal: what it is, its screen as a verb takes it over, pictures on it, and the streams it stands behind. */
package org.nixlab.shell.terminal;
