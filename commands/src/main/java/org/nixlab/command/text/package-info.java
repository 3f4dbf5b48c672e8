/**
 * Values as text: sizes, times and counts for people, JSON and Nix for programs, and what must happen to a text of somebody
 * else's before a terminal may show it. Prints nothing.
 */
package org.nixlab.command.text;
