package org.nixlab.convert;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Python's statements and expressions. */
class ConverterTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            x = 1                             => x = 1
            x = y = []                        => y = x
            a, b = [1, 2]                     => (a, b) = [1, 2]
            x += "y"                          => x += 'y'
            x = None                          => x = null
            x = "it's"                        => x = 'it\\'s'
            x = 'a' "b"                       => x = 'ab'
            x = r"\\d"                        => x = '\\\\d'
            x = "$HOME"                       => x = '$HOME'
            x = f"{1 + 2} $HOME"              => x = "${1 + 2} \\$HOME".toString()
            x = f"{{{n}}}"                    => x = "{${n}}".toString()
            x = f"{n:02}"                     => x = "${String.format(Locale.ROOT, '%02d', n)}".toString()
            x = "%s-%d %%" % (a, 2)           => x = "${a}-${2} %".toString()
            x = "{}/{b}".format(1, b=2)       => x = "${1}/${2}".toString()
            assert not a and b                => assert !a && b
            x = 2 * (3 + 4)                   => x = 2 * (3 + 4)
            x = 7 // 2                        => x = Math.floorDiv(7, 2)
            x = "a" if b else "c"             => x = b ? 'a' : 'c'
            x = [1, 2][0]                     => x = [1, 2][0]
            x = "abc"[1:]                     => x = 'abc'.drop(1)
            x = "abc"[:-1]                    => x = 'abc'.dropRight(1)
            x = {"a": 1, "b-c": 2}            => x = [a: 1, 'b-c': 2]
            x = [i * 2 for i in range(3)]     => x = (0..<3).collect { i -> i * 2 }
            x = [i for i in z if i]           => x = z.findAll { i -> i }
            x = len(y)                        => x = y.size()
            x = int("5")                      => x = '5'.toInteger()
            x = str(5)                        => x = 5.toString()
            x = "a b".split()                 => x = 'a b'.tokenize()
            x = "a,b".split(",")              => x = 'a,b'.split(',', -1).toList()
            x = "a".strip().splitlines()      => x = 'a'.strip().readLines()
            x = ",".join(y)                   => x = y.join(',')
            x = "a".startswith("b")           => x = 'a'.startsWith('b')
            x = any(i > 1 for i in y)         => x = y.any { i -> i > 1 }
            x = lambda a: a + 1               => x = { a -> a + 1 }
            assert "a" in "abc"               => assert 'abc'.contains('a')
            assert "a" not in "abc", "why"    => assert !'abc'.contains('a') : 'why'
            assert 1 < x <= 3                 => assert 1 < x && x <= 3
            assert x is None                  => assert x == null
            raise Exception("no")             => throw new Exception('no')
            print("a", 1)                     => println(['a', 1].join(' '))
            print(f"{x}")                     => println("${x}")
            print(f"{x!r} {x=}")              => println("${x} x=${x}")
            # a comment                       => // a comment
            x = 1  # why                      => x = 1 // why
            """)
    void oneLine(String python, String groovy) {
        assertThat(Converted.whole(python)).endsWith(groovy);
    }

    @Test
    void blocks() {
        assertThat(Converted.whole("""
                with subtest("it runs"):
                    m.succeed("a")
                    if m.execute("b")[0] == 0:
                        pass
                    elif x:
                        m.fail("c")
                    else:
                        m.succeed("d")

                while not x:
                    x = 1
                    break

                try:
                    m.succeed("e")
                except Exception as e:
                    print(e)
                finally:
                    m.shutdown()
                """)).isEqualTo("""
                subtest('it runs') {
                    m.succeed('a')
                    if (m.execute('b').exitCode == 0) {
                    } else if (x) {
                        m.fail('c')
                    } else {
                        m.succeed('d')
                    }
                }

                while (!x) {
                    x = 1
                    break
                }

                try {
                    m.succeed('e')
                } catch (Exception | AssertionError e) {
                    println(e.message)
                } finally {
                    m.stop()
                }""");
    }

    @Test
    void functions() {
        assertThat(Converted.whole("""
                def check(server, count=3):
                    \"""Checks it.\"""
                    text = server.succeed("id")
                    for i in range(count):
                        text += str(i)
                    return text


                print(check(m, count=5))
                """)).isEqualTo("""
                def check(server, count = 3) {
                    def text
                    // Checks it.
                    text = server.succeed('id')
                    for (i in 0..<Math.max(0, count)) {
                        text += i.toString()
                    }
                    return text
                }

                println(check(m, 5))""");
    }

    @Test
    void loops() {
        assertThat(Converted.whole("for i, x in enumerate(['a', 'b']):\n    print(i, x)"))
                .isEqualTo("""
                        for (each in ['a', 'b'].withIndex()) {
                            def (x, i) = each
                            println([i, x].join(' '))
                        }""");
        assertThat(Converted.whole("for k, v in {'a': 1}.items():\n    print(k, v)"))
                .isEqualTo("""
                        for (each in [a: 1]) {
                            def (k, v) = [each.key, each.value]
                            println([k, v].join(' '))
                        }""");
        // Python's variable is still there when the loop is over.
        assertThat(Converted.whole("for i in range(3):\n    pass\nprint(i)")).isEqualTo("""
                        for (each in 0..<3) {
                            i = each
                        }
                        println(i)""");
    }

    @Test
    void modules() {
        assertThat(Converted.whole("""
                import json
                import re
                import time

                time.sleep(0.5)
                data = json.loads(m.succeed("x"))
                assert data["a"] == json.dumps([1])
                assert re.search(r"a\\d+", "a1")
                """)).isEqualTo("""
                import groovy.json.JsonOutput
                import groovy.json.JsonSlurper

                run()

                sleep(500)
                data = new JsonSlurper().parseText(m.succeed('x'))
                assert data['a'] == JsonOutput.toJson([1])
                assert ('a1' =~ 'a\\\\d+').find()""".replace("run()\n\n", ""));
    }

    @Test
    void longTextsStayLong() {
        assertThat(Converted.whole("m.succeed(\"\"\"\n    echo a\n    echo b\n\"\"\")"))
                .isEqualTo("m.succeed('''set -euo pipefail; \n    echo a\n    echo b\n''')");
    }

    @Test
    void namesThatGroovyHasAreOthers() {
        assertThat(Converted.whole("default = 1\nargs = default\nprint(args)"))
                .isEqualTo("default_ = 1\nargs_ = default_\nprintln(args_)");
    }

    @Test
    void whatIsLeftStandsThereAsAComment() {
        var conversion = Converted.script("""
                start_all()
                import yaml
                with open("x") as f:
                    m.succeed(f.read())
                m.succeed("a")
                """);

        assertThat(conversion.scenario()).isEqualTo("""
                run()
                // TODO: module yaml has no counterpart: import yaml
                // TODO: with ... as has no counterpart: with open("x") as f:
                //     m.succeed(f.read())
                m.succeed('a')
                """);
        assertThat(conversion.left())
                .containsExactly(
                        new Conversion.Left(2, 0, "module yaml has no counterpart"),
                        new Conversion.Left(3, 0, "with ... as has no counterpart"));
    }

    @Test
    void whatIsNoPythonIsLeftWithItsPlace() {
        var conversion = Converted.script("start_all()\nm.succeed(\"a\")\nm.succeed(\"b\" oops)\nm.fail(\"c\")\n");

        assertThat(conversion.left())
                .containsExactly(new Conversion.Left(3, 15, "not understood: 'oops' is unexpected"));
        assertThat(conversion.left().get(0).place()).isEqualTo("3:15");
        assertThat(conversion.scenario()).endsWith("m.fail('c')\n");
        assertThat(Converted.script("x = (1,\n").left().get(0).reason())
                .isEqualTo("not understood: something is missing at the end");
        assertThat(Converted.script("try:\n    x = 1\ny = 2\n").left().get(0).reason())
                .isEqualTo("not understood: try without except and finally");
        assertThat(Converted.script("x = 'abc\n").left().get(0).reason())
                .isEqualTo("not understood: a string without an end");
    }

    @Test
    void aDecoratorIsLeftAndItsFunctionIsNot() {
        var conversion = Converted.script("@polling_condition\ndef f():\n    return 1\n");

        assertThat(conversion.scenario())
                .isEqualTo("// TODO: not understood: a decorator: @polling_condition\ndef f() {\n    return 1\n}\n");
        assertThat(conversion.left()).hasSize(1);
    }

    @Test
    void linesEndAsTheyLike() {
        assertThat(Converted.whole("if True:\r\n    x = 1\r\n")).isEqualTo("if (true) {\n    x = 1\n}");
    }
}
