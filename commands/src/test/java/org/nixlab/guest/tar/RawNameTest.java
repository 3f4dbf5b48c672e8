package org.nixlab.guest.tar;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RawNameTest {
    @Test
    void everyByteComesBack() {
        var all = IntStream.range(1, 256)
                .filter(value -> value != '/')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(RawName.of(RawName.path("/d/" + all))).isEqualTo("/d/" + all);
        assertThat(RawName.ofTarget(RawName.path("../" + all))).isEqualTo("../" + all);
        assertThat(RawName.ofTarget(RawName.path(".."))).isEqualTo("..");
        assertThat(RawName.path("a b%20")).isEqualTo(Path.of("a b%20"));
        assertThat(RawName.of(Path.of("/"))).isEqualTo("/");
    }

    @Test
    void textIsUtf8() {
        assertThat(RawName.path("/" + RawName.ofText("ü"))).isEqualTo(Path.of("/ü"));
        assertThat(RawName.shown(RawName.ofText("ü"))).isEqualTo("ü");
        assertThat(RawName.shown("a\u00fc")).isEqualTo("a\ufffd");
    }

    @Test
    void bashReadsWhatIsQuoted() {
        assertThat(RawName.quote(RawName.ofText("it's ü"))).isEqualTo("'it'\\''s ü'");
        assertThat(RawName.quote("a\u00fc'")).isEqualTo("$'\\141\\374\\047'");
    }

    @Test
    void whatTarPrintsIsRead() {
        assertThat(RawName.unescape("a\\374 b\\\\012 c\\n")).isEqualTo("a\u00fc b\\012 c\\n");
    }
}
