package org.nixlab.machine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.nixlab.base.LabException;
import org.nixlab.talk.Output;
import org.nixlab.talk.Result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GuestConditionsTest {
    private static final String SHOW = "systemctl show -p LoadState,ActiveState,SubState,Job,Result web.service";

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final GuestConditions conditions = new GuestConditions("m", this::answer);

    @Test
    void anActiveUnitIsMet() {
        answers.put(SHOW, "LoadState=loaded\nActiveState=active\nSubState=running\n");

        assertThat(conditions.unitActive("web").probe().get().met()).isTrue();
    }

    @Test
    void aStartingUnitIsWaitedFor() {
        answers.put(SHOW, "LoadState=loaded\nActiveState=activating\nSubState=start\nJob=12\n");

        var seen = conditions.unitActive("web").probe().get();

        assertThat(seen.met()).isFalse();
        assertThat(seen.detail()).isEqualTo("activating (start)");
    }

    @Test
    void aFailedUnitEndsTheWaitWithItsJournal() {
        answers.put(SHOW, "LoadState=loaded\nActiveState=failed\nResult=exit-code\n");
        answers.put("journalctl -o cat -n 5 --no-pager -u web.service", "no such port\n");

        assertThatThrownBy(() -> conditions.unitActive("web").probe().get())
                .isInstanceOf(LabException.class)
                .hasMessage("m: unit web.service failed (exit-code); its journal ends with\n  no such port");
    }

    @Test
    void aUnitThatDoesNotExistEndsTheWait() {
        answers.put(SHOW, "LoadState=not-found\nActiveState=inactive\n");

        assertThatThrownBy(() -> conditions.unitActive("web").probe().get())
                .hasMessage("m: unit web.service does not exist");
    }

    @Test
    void anInactiveUnitIsHopelessOnlyAfterTheBoot() {
        answers.put(SHOW, "LoadState=loaded\nActiveState=inactive\nSubState=dead\nJob=\n");
        answers.put("systemctl is-system-running", "starting\n");
        assertThat(conditions.unitActive("web").probe().get().met()).isFalse();

        answers.put("systemctl is-system-running", "running\n");
        assertThatThrownBy(() -> conditions.unitActive("web").probe().get())
                .hasMessage("m: unit web.service is inactive, and nothing is about to start it");
    }

    @Test
    void aPortIsOpenWhenSomethingListens() {
        answers.put("ss -Hltn 'sport = :80'", "");
        assertThat(conditions.portOpen(80).probe().get().met()).isFalse();

        answers.put("ss -Hltn 'sport = :80'", "LISTEN 0 511 *:80 *:*\n");
        assertThat(conditions.portOpen(80).probe().get().met()).isTrue();
    }

    private Result answer(String command) {
        assertThat(answers).containsKey(command);
        return new Result("m", command, 0, new Text(answers.get(command)), new Text(""), Duration.ZERO);
    }

    record Text(String text) implements Output {
        @Override
        public long size() {
            return bytes().length;
        }

        @Override
        public byte[] bytes() {
            return text.getBytes(UTF_8);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes());
        }
    }
}
