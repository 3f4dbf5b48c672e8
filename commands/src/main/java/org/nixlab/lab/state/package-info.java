/** What a lab keeps in its directory, and what it has loaded. */
package org.nixlab.lab.state;
