package org.nixlab.nix.complaint;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.nixlab.base.Detail;

import static org.assertj.core.api.Assertions.assertThat;

class ComplaintsTest {
    private static final String LIST = "`options` in the shell lists the options there are";

    private final NixException first = new NixException("unknown option `services.a`", "/n.nix:1:5", LIST);

    @Test
    void allAreToldOnceByTheirPlace() {
        var told = unknown("services.a", 10, LIST)
                + unknown("services.a", 10, LIST)
                + told("option `x` wants a boolean, not the string \\\"yes\\\"", "/m.nix:7:1", "")
                + unknown("services.nginxx", 2, "did you mean `services.nginx`?");

        var failure = Complaints.of(first, null, "noise\n" + told, Detail.SCREEN);

        assertThat(failure).hasMessage("""
                2 unknown options
                  /n.nix
                    2:5  `services.nginxx` (did you mean `services.nginx`?)
                    10:5  `services.a`
                1 other mistake
                  /m.nix
                    7:1  option `x` wants a boolean, not the string "yes\"""");
        assertThat(failure.hint()).isEqualTo(LIST);
    }

    @Test
    void oneAloneIsToldAsItIs() {
        assertThat(Complaints.of(first, null, unknown("services.a", 1, LIST), Detail.SCREEN))
                .isSameAs(first);
    }

    @Test
    void whatFollowsFromAnotherHasNoPlaceAndIsNotTold() {
        var told = unknown("services.a", 1, LIST)
                + "trace: nixlab-complaint: {\"hint\":null,\"message\":\"x\",\"place\":null}\n";

        assertThat(Complaints.of(first, null, told, Detail.SCREEN)).isSameAs(first);
    }

    @Test
    void anAssertionIsNotToldBesideUnknownOptions() {
        var failed = told("machine `a`: a certificate is needed", "/n.nix", "");

        assertThat(Complaints.of(first, null, unknown("services.a", 1, LIST) + failed, Detail.SCREEN))
                .isSameAs(first);
        assertThat(Complaints.of(first, null, told("x wants y", "/n.nix:1:1", "") + failed, Detail.SCREEN))
                .hasMessage("2 mistakes\n  /n.nix\n    machine `a`: a certificate is needed\n    1:1  x wants y");
    }

    @Test
    void whatIsSupportedInsteadIsToldWithTheOption() {
        var told = unknown("services.a", 1, LIST) + unknown("security.acme", 2, "supported here: pam, pki");

        var failure = Complaints.of(first, null, told, Detail.SCREEN);

        assertThat(failure.getMessage()).endsWith("`security.acme` (supported here: pam, pki)");
        assertThat(failure.hint()).isEqualTo(LIST);
    }

    @Test
    void whatTheSearchEndedWithIsOneOfThem() {
        var last = new NixException("there is no package 'x'", "/n.nix:9:1", "");

        var failure = Complaints.of(first, last, unknown("services.a", 1, LIST), Detail.SCREEN);

        assertThat(failure.getMessage()).startsWith("an unknown option\n").endsWith("9:1  there is no package 'x'");
    }

    @Test
    void aScreenIsEnoughUnlessAllAreWanted() {
        var told = IntStream.rangeClosed(1, 123)
                .mapToObj(i -> unknown("services.a" + i, i, LIST))
                .collect(Collectors.joining());

        var failure = Complaints.of(first, null, told, Detail.SCREEN);

        assertThat(failure.getMessage().lines())
                .hasSizeLessThan(20)
                .startsWith("123 unknown options")
                .endsWith("  ... and 108 more");
        assertThat(failure.hint()).isEqualTo("--all lists all of them");
        assertThat(Complaints.of(first, null, told, Detail.ALL).getMessage().lines())
                .hasSize(125)
                .startsWith("123 unknown options");
        assertThat(Complaints.of(first, null, told, Detail.TRACE).getMessage().lines())
                .hasSize(126)
                .startsWith(first.getMessage(), "123 unknown options");
    }

    private static String unknown(String option, int line, String hint) {
        return told("unknown option `" + option + "`", "/n.nix:" + line + ":5", hint);
    }

    private static String told(String message, String place, String hint) {
        return "trace: nixlab-complaint: {\"hint\":\"%s\",\"message\":\"%s\",\"place\":\"%s\"}\n"
                .formatted(hint, message, place);
    }
}
