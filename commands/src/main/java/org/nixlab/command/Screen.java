package org.nixlab.command;

import org.nixlab.talk.TerminalSession;

/** The user's terminal, for a while given to a guest. */
public interface Screen {
    int columns();

    int rows();

    /**
     * Shows a picture below the prompt.
     *
     * @param png the content of a PNG file
     * @return whether this terminal can show pictures at all
     */
    boolean show(byte[] png);

    /** Says something about the guest below what it shows, or before that has begun; any thread may. */
    void note(String line);

    /**
     * Connects keyboard and screen with a guest's terminal until its shell ends or the user leaves with Ctrl-], and then
     * leaves the screen clean. Does not close the session.
     *
     * @return whether the guest's shell has ended
     */
    boolean passThrough(TerminalSession session);
}
