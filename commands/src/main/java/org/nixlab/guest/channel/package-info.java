/** What all channels into a machine are made of: its sockets, commands that run, what they read and report, checksums. */
package org.nixlab.guest.channel;
