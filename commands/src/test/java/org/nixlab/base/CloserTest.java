package org.nixlab.base;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CloserTest {
    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void closesInReverseOrderAndOnce() {
        closer.register(() -> closed.add("first"));
        closer.register(() -> closed.add("second"));

        closer.close();
        closer.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void everythingIsClosedAndTheFirstFailureKept() {
        closer.register(() -> closed.add("first"));
        closer.register(failing("b"));
        closer.register(failing("a"));

        assertThatThrownBy(closer::close)
                .hasMessage("a")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("b"));
        assertThat(closed).containsExactly("first");
    }

    @Test
    void whatComesTooLateIsClosedAtOnce() {
        closer.close();
        closer.register(() -> closed.add("late"));

        assertThat(closed).containsExactly("late");
    }

    private static AutoCloseable failing(String message) {
        return () -> {
            throw new IllegalStateException(message);
        };
    }
}
