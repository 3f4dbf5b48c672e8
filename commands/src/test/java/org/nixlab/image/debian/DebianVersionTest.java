package org.nixlab.image.debian;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class DebianVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0,1.1",
        "1.9,1.10",
        "1.0~rc1,1.0",
        "1.0,1.0a",
        "1.0a,1.0+b1",
        "9.9,1:0.1",
        "2.36-9+deb12u9,2.36-9+deb12u10",
        "1.0-1,1.0-1.1",
        "1.0,1.0-1",
        "6.1.176-1,6.1.192-2",
        "1.0-1~deb12u1,1.0-1"
    })
    void theFirstIsOlderThanTheSecond(String older, String newer) {
        assertThat(DebianVersion.ORDER.compare(older, newer)).isNegative();
        assertThat(DebianVersion.ORDER.compare(newer, older)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1.0,1.00", "1.0,0:1.0", "1.0-0,1.0"})
    void differentSpellingsAreOneVersion(String one, String other) {
        assertThat(DebianVersion.ORDER.compare(one, other)).isZero();
    }
}
