package org.nixlab.nix;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class CacheSpaceTest {
    @TempDir
    Path cache;

    @Test
    void aFullDiskIsSaidToBeFull() {
        assertThatThrownBy(() -> CacheSpace.requireAfter(
                        "error: executing SQLite statement 'create table x': database or disk is full", cache))
                .isInstanceOfSatisfying(LabException.class, e -> {
                    assertThat(e).hasMessage("the disk that nixlab's cache is on is full");
                    assertThat(e.place()).isEqualTo(cache.toString());
                    assertThat(e.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
                });
    }

    @Test
    void whereThereIsRoomOtherFailuresStayWhatTheyAre() {
        CacheSpace.requireAfter("error: executing SQLite statement 'x': disk I/O error", cache);
        CacheSpace.requireAfter("error: syntax error", cache);
        CacheSpace.require(cache.resolve("not/there/yet"));
    }
}
