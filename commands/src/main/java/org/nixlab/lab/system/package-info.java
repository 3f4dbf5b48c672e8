/** What is loaded, and the guest systems that make machines of it. */
package org.nixlab.lab.system;
