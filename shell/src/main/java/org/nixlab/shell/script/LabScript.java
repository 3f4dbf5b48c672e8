package org.nixlab.shell.script;

import java.nio.file.Path;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import org.codehaus.groovy.runtime.FormatHelper;
import org.nixlab.command.Context;
import org.nixlab.command.verb.Verb;

/** What every script can say without a machine before it: all verbs, {@code network}, {@code subtest}, {@code sleep}. */
public abstract class LabScript extends Script {
    /** {@code run} is every script's own method, so that the verb is called by this name behind the scenes. */
    static final String RUN_VERB = "start";

    /** Loads the network a scenario drives; the path starts from the scenario's directory. */
    public Object network(Object file) {
        return binding().network(Path.of(file.toString()));
    }

    /** Runs a named part of a scenario and tells whether it passed. A failure ends the scenario. */
    public void subtest(String name, Closure<?> body) {
        binding().subtests().run(name, body::call);
    }

    /** Sleeps; other than Groovy's own, ends at once when interrupted. */
    public void sleep(long milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
    }

    @Override
    public void println() {
        write("\n");
    }

    @Override
    public void print(Object value) {
        write(FormatHelper.toString(value));
    }

    @Override
    public void println(Object value) {
        write(FormatHelper.toString(value) + "\n");
    }

    @Override
    public void printf(String format, Object value) {
        write(String.format(format, value));
    }

    @Override
    public void printf(String format, Object[] values) {
        write(String.format(format, values));
    }

    /** Called for what is no method of the script: methods of earlier lines first, then verbs. */
    @Override
    public Object invokeMethod(String name, Object arguments) {
        try {
            return super.invokeMethod(name, arguments);
        } catch (MissingMethodException e) {
            boolean mine = e.getMethod().equals(name) && e.getType() == getClass();
            if (!mine || Verb.of(verbWord(name)).isEmpty()) {
                throw e;
            }
            var values = arguments instanceof Object[] array ? array : new Object[] {arguments};
            return Verbally.run(verbWord(name), values, context());
        }
    }

    private static String verbWord(String name) {
        return name.equals("buildVms") || name.equals("build_vms") ? Verb.BUILD_VMS.word() : name;
    }

    private void write(String text) {
        context().display().out().print(text);
    }

    private Context context() {
        return binding().context();
    }

    private LabBinding binding() {
        return (LabBinding) getBinding();
    }
}
