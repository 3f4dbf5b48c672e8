/**
 * What all channels into a machine are made of: its sockets, commands that run, what they read and report, checksums.
 *
 * <p>Start with {@link org.nixlab.guest.channel.RunningCommand}.
 */
package org.nixlab.guest.channel;
