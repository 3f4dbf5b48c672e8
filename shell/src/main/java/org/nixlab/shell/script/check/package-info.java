/** What a scenario's text says before it is run: its network, its parameters, and the names it uses. Runs nothing. */
package org.nixlab.shell.script.check;
