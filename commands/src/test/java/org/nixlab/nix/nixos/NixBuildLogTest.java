package org.nixlab.nix.nixos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class NixBuildLogTest {
    private static final String KERNEL = "/nix/store/0c5vqzb6n4y4qg0v4q2d5d6x0bnmjvk1-linux-6.1.drv";
    private static final String SHELL = "/nix/store/1c5vqzb6n4y4qg0v4q2d5d6x0bnmjvk1-bash-5.2.drv";

    private final Recorded told = new Recorded();
    private final NixBuildLog log = new NixBuildLog(told);

    @Test
    void itIsToldHowManyOfHowManyAndWhatJustNow() {
        write("{'action':'start','id':1,'type':104}");
        write("{'action':'result','id':1,'type':105,'fields':[0,2,0,0]}");
        start(2, KERNEL);
        start(3, SHELL);
        write("{'action':'result','id':1,'type':105,'fields':[1,2,1,0]}");
        write("{'action':'stop','id':3}");

        assertThat(told.steps)
                .containsExactly(
                        "0 of 2 built",
                        "0 of 2 built, building linux-6.1",
                        "0 of 2 built, building bash-5.2 and 1 more",
                        "1 of 2 built, building bash-5.2 and 1 more",
                        "1 of 2 built, building linux-6.1");
    }

    @Test
    void whatNixPlansCountsFromTheBeginning() {
        write("{'action':'msg','level':3,'msg':'these 3 derivations will be built:'}");
        write("{'action':'msg','level':3,'msg':'this path will be fetched (1.50 MiB download, 4.00 MiB unpacked):'}");
        write("{'action':'start','id':1,'type':104}");
        write("{'action':'result','id':1,'type':105,'fields':[0,4,0,0]}");
        start(2, KERNEL);
        write("{'action':'result','id':1,'type':105,'fields':[3,3,0,0]}");
        write("{'action':'stop','id':2}");

        assertThat(told.steps)
                .containsExactly(
                        "0 of 3 built",
                        "0 of 3 built, 0 of 1 fetched (1.50 MiB)",
                        "0 of 3 built, 0 of 1 fetched (1.50 MiB), building linux-6.1",
                        "3 built, 0 of 1 fetched (1.50 MiB), building linux-6.1",
                        "3 built, 0 of 1 fetched (1.50 MiB)");
    }

    @Test
    void itIsToldWhatIsWaitedFor() {
        write("{'action':'start','id':4,'type':111,'text':'waiting for lock on \\u001b[35;1m\\u0027"
                + "/nix/store/0c5vqzb6n4y4qg0v4q2d5d6x0bnmjvk1-linux-6.1\\u0027\\u001b[0m'}");

        assertThat(told.steps).containsExactly("waiting for lock on linux-6.1");
    }

    @Test
    void theEndIsToldAsSuch() {
        write("{'action':'msg','level':3,'msg':'this derivation will be built:'}");
        write("{'action':'start','id':1,'type':104}");
        start(2, KERNEL);
        write("{'action':'result','id':1,'type':105,'fields':[1,1,1,0]}");
        write("{'action':'stop','id':2}");

        assertThat(told.steps).containsExactly("0 of 1 built", "0 of 1 built, building linux-6.1", "1 built");
        assertThat(told.fraction).isEqualTo(1);
    }

    @Test
    void aWarningIsToldOnceAndAttemptsAreNot() {
        for (int i = 0; i < 3; i++) {
            write("{'action':'msg','level':1,'msg':'warning: error: unable to download"
                    + " \\u0027http://cache/nix-cache-info\\u0027: Couldn\\u0027t connect; retrying in 288 ms'}");
            write("{'action':'msg','level':1,'msg':'warning: unknown setting x'}");
        }

        assertThat(told.notes)
                .containsExactly(
                        "the binary cache http://cache cannot be reached; Nix builds what it would have fetched",
                        "unknown setting x");
    }

    @Test
    void theNewestBuildersLinesAndPhasesAreToldAsTheyCome() {
        start(2, KERNEL);
        start(3, SHELL);
        write("{'action':'result','id':2,'type':101,'fields':['not seen']}");
        write("{'action':'result','id':3,'type':104,'fields':['configurePhase']}");
        write("{'action':'result','id':3,'type':101,'fields':['\\u001b[1mchecking\\u001b[0m']}");

        assertThat(told.now).containsExactly("configurePhase", "checking");
        assertThat(log.lastLines(KERNEL)).containsExactly("not seen");
    }

    @Test
    void aWarningBeforeTheBeginningIsNoError() {
        write("{'action':'msg','level':0,'msg':'warning: unknown setting x'}");
        write("{'action':'msg','level':0,'msg':'\\u001b[31;1merror:\\u001b[0m all is lost'}");

        assertThat(told.notes).containsExactly("unknown setting x");
        assertThat(log.errors()).containsExactly("error: all is lost");
    }

    @Test
    void aBuilderThatCannotStartGivesItsReasonInWords() {
        start(2, KERNEL);
        write("{'action':'result','id':2,'type':101,'fields':['\\u0001']}");
        write("{'action':'result','id':2,'type':101,'fields':['\\u0005\\u0000Error\\u0000\\u0000D\\u0000"
                + "executing: \\u001b[35;1mNo such file or directory\\u001b[0m\\u0000']}");

        assertThat(log.lastLines(KERNEL)).containsExactly("executing: No such file or directory");
    }

    private void start(int id, String derivation) {
        write("{'action':'start','id':" + id + ",'type':105,'fields':['" + derivation + "','',1,1]}");
    }

    private void write(String event) {
        for (byte b : ("@nix " + event.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8)) {
            log.write(b);
        }
    }

    private static final class Recorded implements NixBuildListener {
        private final List<String> steps = new ArrayList<>();
        private final List<String> now = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private double fraction;

        @Override
        public void step(String detail, double fraction) {
            steps.add(detail);
            this.fraction = fraction;
        }

        @Override
        public void now(String text) {
            now.add(text);
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }
}
