/**
 * Groovy over a lab: what lines at the prompt and scenarios can say, and how their failures name the script's own line.
 *
 * <p>Start with {@link org.nixlab.shell.script.ScriptSession} for the prompt and
 * {@link org.nixlab.shell.script.GroovyScenario} for files.
 */
package org.nixlab.shell.script;
