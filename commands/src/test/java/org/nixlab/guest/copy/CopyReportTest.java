package org.nixlab.guest.copy;

import org.junit.jupiter.api.Test;
import org.nixlab.guest.bulk.CopyChecksum;

import static org.assertj.core.api.Assertions.assertThat;

final class CopyReportTest {
    private final CopyReport report = new CopyReport(CopyChecksum.XXH32, new CopyNotes(), "x");

    @Test
    void whatWentWhileTheChecksumsWereMadeIsNoReason() {
        report.add("find: './x/gone': No such file or directory\nfind: \u2018./x/b\u2019: No such file or directory\n"
                .getBytes());
        assertThat(report.reason()).isEmpty();

        report.add("find: 'x': Input/output error\n".getBytes());
        assertThat(report.reason()).contains("find: 'x': Input/output error");
    }

    @Test
    void theFirstThingSaidIsTheReason() {
        report.add("there is no x\nbash: more\n".getBytes());

        assertThat(report.reason()).contains("there is no x");
    }
}
