package org.nixlab.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.command.FakeVm;
import org.nixlab.machine.JournalRecord.Query;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JournalRecordTest {
    private static final String LINE =
            "{\"__REALTIME_TIMESTAMP\":\"1700000000123456\",\"_SYSTEMD_UNIT\":\"init.scope\","
                    + "\"UNIT\":\"web.service\",\"SYSLOG_IDENTIFIER\":\"systemd\",\"_PID\":\"1\",\"PRIORITY\":\"3\",\"MESSAGE\":\"it failed\"}";

    @Test
    void aMessageIsPlainData() {
        var data = JournalRecord.parse(LINE).data();

        assertThat(data)
                .containsEntry("time", "2023-11-14T22:13:20.123456Z")
                .containsEntry("unit", "web.service")
                .containsEntry("identifier", "systemd")
                .containsEntry("pid", 1)
                .containsEntry("priority", "err")
                .containsEntry("message", "it failed");
    }

    @Test
    void fieldsMayBeBytesOrSeveralOrNotThere() {
        assertThat(JournalRecord.parse("{\"MESSAGE\":[195,188,27]}").message()).isEqualTo("\u00fc\033");
        assertThat(JournalRecord.parse("{\"MESSAGE\":[\"one\",\"two\"]}").message())
                .isEqualTo("one");
        assertThat(JournalRecord.parse("{\"MESSAGE\":null}").data())
                .containsEntry("message", "")
                .containsEntry("pid", null)
                .containsEntry("priority", "info");
    }

    @Test
    void whatIsAskedForIsQuoted(@TempDir Path directory) {
        var vm = new FakeVm(SampleNetworks.machine("m", 1), directory.resolve("console")).enter(Phase.READY);
        var soon = Deadline.in(Duration.ofSeconds(10));
        vm.answer(
                "journalctl --no-pager --boot --output=json --unit=web --lines=2 --since='-5 min' --priority=err",
                0,
                LINE + "\n" + LINE + "\n",
                "");
        vm.answer(
                "journalctl --no-pager --boot --output=json --since=never",
                1,
                "",
                "Failed to parse timestamp: never\n");
        var all = new Query(Optional.of("web"), Optional.of(2), Optional.of("-5 min"), Optional.of("err"));
        var wrong = new Query(Optional.empty(), Optional.empty(), Optional.of("never"), Optional.empty());

        assertThat(JournalRecord.read(vm, all, soon)).hasSize(2);
        assertThatThrownBy(() -> JournalRecord.read(vm, wrong, soon))
                .hasMessage("m: the journal cannot be read: Failed to parse timestamp: never")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
    }
}
