package org.nixlab.command.display;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.nixlab.command.text.Columns;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnsTest {
    private static final String COMBINED = "e\u0301"; // an e with an accent of its own
    private static final String WIDE = "\u6f22\u5b57";
    private static final String EMOJI = "\ud83d\ude00";

    @Test
    void wideTakeTwoAndCombiningNone() {
        assertThat(Columns.of("ab")).isEqualTo(2);
        assertThat(Columns.of(COMBINED)).isEqualTo(1);
        assertThat(Columns.of(WIDE)).isEqualTo(4);
        assertThat(Columns.of(EMOJI)).isEqualTo(2);
        assertThat(Columns.fitting(EMOJI + WIDE, 5)).isEqualTo(3);
        assertThat(Columns.fitting("abc", 5)).isEqualTo(3);
    }

    @Test
    void columnsOfATableStandBelowEachOther() {
        var listing = new Listing<String>().column("NAME", "name", text -> text).column("X", "x", text -> "|");

        var lines = listing.lines(List.of("plain", COMBINED, WIDE, EMOJI), new Style(false));

        assertThat(lines)
                .containsExactly("NAME   X", "plain  |", COMBINED + "      |", WIDE + "   |", EMOJI + "     |");
    }

    @Test
    void aBlockIsCutToTheTerminal() {
        var display = new TestDisplay();

        new Redraw(display.terminal(true), display.terminal(true).err())
                .draw(List.of(WIDE.repeat(30), "\033[1mab\033[0m"));

        assertThat(display.err())
                .isEqualTo("\r" + WIDE.repeat(19) + "\u6f22\033[0m\033[K\n\033[1mab\033[0m\033[K\n\033[J");
    }
}
