package org.nixlab.process;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class KeptEndTest {
    private final KeptEnd kept = new KeptEnd(10);

    @Test
    void whatIsLittleIsKeptWhole() {
        add("one ");
        add("two three");

        assertThat(text()).isEqualTo("one two three");
        assertThat(kept.isCut()).isFalse();
    }

    @Test
    void ofMuchTheEndIsKept() {
        for (int i = 0; i < 1000; i++) {
            add(i + " ");
        }

        assertThat(text()).endsWith("997 998 999 ").hasSizeBetween(10, 20);
        assertThat(kept.isCut()).isTrue();
    }

    private void add(String text) {
        kept.add(text.getBytes(US_ASCII), text.length());
    }

    private String text() {
        return new String(kept.bytes(), US_ASCII);
    }
}
