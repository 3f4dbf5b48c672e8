package org.nixlab.model;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SelectorTest {
    private final Network network = SampleNetworks.of("db", "web1", "web2", "web10", "lb-1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db          | db",
                "web*        | web1 web2 web10",
                "web?        | web1 web2",
                "web[1-2]    | web1 web2",
                "web[2-10]   | web2 web10",
                "web[2-99999999999] | web2 web10",
                "web2,db     | db web2",
                "all         | db web1 web2 web10 lb-1",
                "!db         | web1 web2 web10 lb-1",
                "web*,!web1  | web2 web10",
                "@front      | web1 web2 web10",
                "lb-1        | lb-1",
            })
    void selects(String text, String expected) {
        assertThat(new Selector(text).select(network))
                .extracting(Machine::name)
                .containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void aMachineIsItselfAlsoWhereItsNameChoosesOthers() {
        var odd = SampleNetworks.of("a", "all", "web1");

        assertThat(Selector.one("all", odd).name()).isEqualTo("all");
        assertThat(Selector.one("w*", odd).name()).isEqualTo("web1");
        assertThat(new Selector("al?").select(odd)).extracting(Machine::name).containsExactly("all");
    }

    @Test
    void unknownMachineGetsTheClosestName() {
        assertThatThrownBy(() -> new Selector("wbe1").select(network))
                .isInstanceOf(LabException.class)
                .hasMessage("there is no machine 'wbe1'")
                .extracting(e -> ((LabException) e).hint())
                .isEqualTo("did you mean 'web1'?");
    }

    @Test
    void unlikeNameGetsTheList() {
        assertThatThrownBy(() -> new Selector("zzzzzz").select(network))
                .extracting(e -> ((LabException) e).hint())
                .isEqualTo("the machines are: db web1 web2 web10 lb-1");
    }

    @Test
    void aRangeOfNothingSelectsNothing() {
        for (var text : List.of("lb-1[3-1]", "web[99999999999-1]", "web[99999999999-999999999999]")) {
            assertThatThrownBy(() -> new Selector(text).select(network))
                    .hasMessage("there is no machine '" + text + "'");
        }
    }

    @Test
    void excludingEverythingIsAnError() {
        assertThatThrownBy(() -> new Selector("db,!db").select(network)).hasMessage("'db,!db' selects no machine");
    }

    @Test
    void nearNamesSeeSwapsAndMissingLetters() {
        assertThat(NearNames.of("lnyx", List.of("lynx", "links", "curl"))).containsExactly("lynx");
    }
}
