package org.nixlab.image.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class CpioTest {
    @Test
    void directoriesFilesAndLinksAreReadBack() throws IOException {
        var bytes = new Cpio()
                .directory("bin")
                .file("bin/sh", 0755, "x".getBytes(StandardCharsets.UTF_8))
                .link("bin/ls", "sh")
                .finish();

        var found = new LinkedHashMap<String, String>();
        try (var in = new CpioArchiveInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                found.put(entry.getName(), Long.toOctalString(entry.getMode()) + " " + content);
            }
        }
        assertThat(found)
                .containsEntry("bin", "40755 ")
                .containsEntry("bin/sh", "100755 x")
                .containsEntry("bin/ls", "120777 sh");
    }

    /** Two that are made in the same second would be the same with the time in them, too. */
    @Test
    void theSameContentGivesTheSameBytesAtAnyTime() throws IOException {
        var bytes = new Cpio().directory("a").link("b", "a").finish();

        var times = new ArrayList<Long>();
        try (var in = new CpioArchiveInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                times.add(entry.getTime());
            }
        }
        assertThat(times).containsExactly(0L, 0L);
        assertThat(new Cpio().directory("a").link("b", "a").finish()).isEqualTo(bytes);
    }
}
