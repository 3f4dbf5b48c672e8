package org.nixlab.shell.host;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserLocaleTest {
    @Test
    void programsOfTheUserGetHisOwn() {
        assertThat(given(Map.of("LC_ALL", "C.UTF-8", "NIXLAB_USER_LC_ALL", "C", "LANG", "C")))
                .isEqualTo(Map.of("LC_ALL", "C", "LANG", "C"));
        assertThat(given(Map.of("LC_ALL", "C.UTF-8", "NIXLAB_USER_LC_ALL", ""))).isEmpty();
        assertThat(given(Map.of("LC_ALL", "de_DE.UTF-8"))).isEqualTo(Map.of("LC_ALL", "de_DE.UTF-8"));
    }

    @Test
    void whatALocaleCannotDoIsSaid() {
        assertThat(UserLocale.complaint("UTF-8")).isEmpty();
        assertThat(UserLocale.complaint("ANSI_X3.4-1968")).get().asString().contains("LC_ALL=C.UTF-8");
    }

    private static Map<String, String> given(Map<String, String> environment) {
        var changed = new HashMap<>(environment);
        UserLocale.giveBack(changed);
        return changed;
    }
}
