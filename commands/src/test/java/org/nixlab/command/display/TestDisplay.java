package org.nixlab.command.display;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A display that remembers what was printed. */
public final class TestDisplay {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Returns it as a program or a file sees it. */
    public Display plain() {
        return new Display(Display.Target.of(out), Display.Target.of(err), () -> 80);
    }

    /** Returns it as a person's terminal of 80 columns. */
    public Display terminal(boolean colours) {
        return new Display(
                new Display.Target(out, true, new Style(colours), true),
                new Display.Target(err, true, new Style(colours), true),
                () -> 80);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    public void clear() {
        out.reset();
        err.reset();
    }
}
