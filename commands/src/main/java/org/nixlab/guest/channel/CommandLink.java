package org.nixlab.guest.channel;

/** What a running command asks of the channel it runs on. Never blocks; does nothing once the command has ended. */
public interface CommandLink {
    void stdin(byte[] data, int offset, int length);

    void endOfStdin();

    void resize(int rows, int columns);

    void cancel(int graceMillis);

    /** Cancels the command and forgets it: the channel serves the next one when the guest says it has ended. */
    void abandon(int graceMillis);

    /** Lets output come again after {@link RunningCommand#offer} refused more. */
    void resume();
}
