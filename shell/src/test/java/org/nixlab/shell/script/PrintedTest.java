package org.nixlab.shell.script;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrintedTest {
    private final Printed printed = new Printed();

    @Test
    void whatWasPrintedIsAText() {
        assertThat(printed.text()).isEmpty();

        printed.write("ü".getBytes(StandardCharsets.UTF_8), 0, 2);

        assertThat(printed.text()).contains("ü");
    }

    @Test
    void moreThanATextCanBeIsRefused() {
        var piece = new byte[1 << 20];

        assertThatThrownBy(() -> {
                    while (true) {
                        printed.write(piece, 0, piece.length);
                    }
                })
                .isInstanceOf(LabException.class)
                .hasMessage("more than 64 MiB were printed, too much for a text");
    }
}
