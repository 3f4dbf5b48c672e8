package org.nixlab.convert;

import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Name;

/** What the test driver offers without a machine before it, for parts of a script and for its log. */
final class DriverContexts {
    /** Its functions; those that have a counterpart are in {@link FunctionCalls}. */
    static final Set<String> FUNCTIONS = Set.of(
            "create_machine",
            "debug",
            "dump_machine_ssh",
            "join_all",
            "polling_condition",
            "retry",
            "run_tests",
            "serial_stdout_off",
            "serial_stdout_on",
            "start_all",
            "subtest",
            "test_script");

    private static final Set<String> LOG = Set.of("log", "info", "warning", "error", "debug");

    private DriverContexts() {}

    /** Returns whether a context is a named part of the script, which becomes a closure. */
    static boolean isBlock(Expression context) {
        return context instanceof Call call
                && call.function() instanceof Name name
                && name.id().equals("subtest");
    }

    /** Returns what a context only writes to the log before its part, if that is all it does. */
    static Optional<Expression> nested(Expression context) {
        return context instanceof Call call
                        && call.function() instanceof Attribute method
                        && method.name().equals("nested")
                        && call.arguments().size() == 1
                ? Optional.of(call.arguments().get(0).value())
                : Optional.empty();
    }

    /** Returns whether a method writes to the log: {@code log.info}, {@code driver.log.info}, {@code machine.log}. */
    static boolean isLog(Attribute method) {
        if (method.name().equals("log") && !isName(method.object(), "math")) {
            return true;
        }
        return LOG.contains(method.name())
                && (isName(method.object(), "log")
                        || method.object() instanceof Attribute owner
                                && owner.name().equals("log")
                                && isName(owner.object(), "driver"));
    }

    static Groovy log(Call call, ExpressionWriter writer) {
        var message = Arguments.of(call, "msg").need("msg");
        return Groovy.atom("println(" + writer.message(message).text() + ")");
    }

    private static boolean isName(Expression expression, String id) {
        return expression instanceof Name name && name.id().equals(id);
    }
}
