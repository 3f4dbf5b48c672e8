/** Programs of this host: the user's shell, browser and editor, and the locale they are run in. */
package org.nixlab.shell.host;
