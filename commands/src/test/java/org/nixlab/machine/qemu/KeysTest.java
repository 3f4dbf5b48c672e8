package org.nixlab.machine.qemu;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeysTest {
    @Test
    void everyPrintableCharacterHasKeys() {
        for (char c = ' '; c <= '~'; c++) {
            assertThat(Keys.of(c)).as("%c", c).isNotEmpty().doesNotContain("");
        }
        assertThat(Keys.of('A')).containsExactly("shift", "a");
        assertThat(Keys.of('~')).containsExactly("shift", "grave_accent");
        assertThat(Keys.of('?')).containsExactly("shift", "slash");
        assertThat(Keys.of('\n')).containsExactly("ret");
        assertThatThrownBy(() -> Keys.of('é'))
                .isInstanceOf(LabException.class)
                .hasMessage("no key of a US keyboard types 'é'");
    }

    @Test
    void combinationsTakeQemusNamesAndEverydayOnes() {
        assertThat(Keys.combination("ctrl-alt-f2")).isEqualTo(List.of("ctrl", "alt", "f2"));
        assertThat(Keys.combination("Enter")).isEqualTo(List.of("ret"));
        assertThat(Keys.combination("ctrl-C")).isEqualTo(List.of("ctrl", "shift", "c"));
        assertThatThrownBy(() -> Keys.combination("ctrl-")).hasMessage("'ctrl-' is no combination of keys");
    }
}
