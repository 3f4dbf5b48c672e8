/** The texts of scripts: what was compiled under which name, and what their top level keeps for the next. */
package org.nixlab.shell.script.source;
