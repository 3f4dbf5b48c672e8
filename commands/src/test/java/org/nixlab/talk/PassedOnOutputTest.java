package org.nixlab.talk;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PassedOnOutputTest {
    @Test
    void whatIsPassedOnIsCountedAndNotKept() {
        var came = new AtomicLong();
        var passed = new PassedOnOutput((stream, data) -> came.addAndGet(data.length));
        var piece = new byte[1 << 20];

        // More than any heap holds.
        for (int i = 0; i < 1 << 14; i++) {
            passed.received(OutputSink.Stream.OUT, piece);
        }
        passed.received(OutputSink.Stream.ERR, piece);

        assertThat(passed.output().size()).isEqualTo(1L << 34);
        assertThat(came).hasValue((1L << 34) + piece.length);
        assertThatThrownBy(() -> passed.output().text()).hasMessage("the output was passed on and not kept");
    }
}
