package org.nixlab.shell.line;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.nixlab.command.verb.Verb;

import static org.assertj.core.api.Assertions.assertThat;

class StatementsTest {
    private final LineRouter router = new LineRouter(word -> Verb.of(word).isPresent(), word -> false);

    @Test
    void everyLineIsRunByItself() {
        assertThat(parts("exec a uname -r\nexec a hostname\n\nstatus\n"))
                .containsExactly("exec a uname -r", "exec a hostname", "status");
        assertThat(parts("a uname -r\r\na hostname")).containsExactly("a uname -r", "a hostname");
    }

    @Test
    void definitionsStayWholeAmongCommands() {
        var definition =
                "def twice(x) {\n\t// don't (\n\tif (x > 1) {\n\n\t\treturn x * 2\n\t}\n\t'''long\ntext'''.length()\n}";

        assertThat(parts(definition
                        + "\n\nprintln twice(4)\nexec a echo one\n# comment's\nmachines.each {\n    println it.name\n}\n"
                        + "def s = \"\"\"\n  a ${1 + 1}\n\"\"\"\nprintln s.trim()"))
                .containsExactly(
                        definition,
                        "println twice(4)",
                        "exec a echo one",
                        "# comment's",
                        "machines.each {\n    println it.name\n}",
                        "def s = \"\"\"\n  a ${1 + 1}\n\"\"\"",
                        "println s.trim()");
    }

    @Test
    void whatCannotBeginALineGoesOn() {
        assertThat(parts("x = [1]\n  .collect { it }\n  ?.size()\nif (x) {\n  1\n}\nelse {\n  2\n}\nelsewhere = 3"))
                .containsExactly(
                        "x = [1]\n  .collect { it }\n  ?.size()", "if (x) {\n  1\n}\nelse {\n  2\n}", "elsewhere = 3");
        assertThat(parts("status\n.5 + 1")).containsExactly("status", ".5 + 1");
    }

    @Test
    void quotesForAGuestMaySpanLines() {
        assertThat(parts("exec a 'cd /etc\nls'\na ls \\\n  -l\nstatus"))
                .containsExactly("exec a 'cd /etc\nls'", "a ls \\\n  -l", "status");
        assertThat(parts("exec a echo don't\nexec a hostname")).containsExactly("exec a echo don't", "exec a hostname");
    }

    @Test
    void commentsOfAShellHoldNoQuotes() {
        assertThat(parts("exec a systemctl restart httpd # don't wait\nexec b rm -f it's"))
                .containsExactly("exec a systemctl restart httpd # don't wait", "exec b rm -f it's");
        assertThat(parts("a ls;# it's\na ls \\\n  # it's\n!# it's\n:exec a # it's \\\nstatus"))
                .containsExactly("a ls;# it's", "a ls \\\n  # it's", "!# it's", ":exec a # it's \\", "status");
        assertThat(parts("a echo a#'b\nc'\na echo \\ #'b\nc'\na echo x\\\n#'b\nc'"))
                .containsExactly("a echo a#'b\nc'", "a echo \\ #'b\nc'", "a echo x\\\n#'b\nc'");
    }

    @Test
    void theHostsShellReadsOnLikeAGuests() {
        assertThat(parts("!echo 'one\ntwo'\n!ls \\\n  -l\n!echo don't\nstatus"))
                .containsExactly("!echo 'one\ntwo'", "!ls \\\n  -l", "!echo don't", "status");
    }

    @Test
    void hereDocumentsAreReadToTheirEnd() {
        assertThat(parts("a cat <<EOF\nthat's\n EOF\nEOF\nexec a cat > x <<'E F' # it's\n\n# one\nE F\nstatus"))
                .containsExactly(
                        "a cat <<EOF\nthat's\n EOF\nEOF", "exec a cat > x <<'E F' # it's\n\n# one\nE F", "status");
        assertThat(parts("!cat <<-\\A - << B\n\ta\n\tA\nb\n\tB\nB\nstatus"))
                .containsExactly("!cat <<-\\A - << B\n\ta\n\tA\nb\n\tB\nB", "status");
        assertThat(parts("a cat <<E 'x\ny' \\\n-\nx\nE\nstatus"))
                .containsExactly("a cat <<E 'x\ny' \\\n-\nx\nE", "status");
    }

    @Test
    void whatOnlyLooksLikeAHereDocumentEndsWithItsLine() {
        assertThat(parts("a cat <<EOF\nstatus\na cat <<<EOF\nstatus\nEOF"))
                .containsExactly("a cat <<EOF\nstatus\na cat <<<EOF\nstatus\nEOF");
        assertThat(parts("a cat <<<EOF\na echo $((1<<2))\na echo '<<EOF'\nEOF"))
                .containsExactly("a cat <<<EOF", "a echo $((1<<2))", "a echo '<<EOF'", "EOF");
        assertThat(parts("a cat <<EOF\nstatus")).containsExactly("a cat <<EOF", "status");
    }

    @Test
    void onlyTheLastMayNeedMore() {
        assertThat(parts("status\nmachines.each {\n  println it"))
                .containsExactly("status", "machines.each {\n  println it");
        assertThat(parts("\n \n")).isEmpty();
    }

    private List<String> parts(String text) {
        return Statements.of(text, line -> router.route(line, List.of("a")));
    }
}
