package org.nixlab.scenario.python;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.talk.Output;
import org.nixlab.talk.Result;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers a script by what its test has laid down for each method, and keeps what it hears. */
final class FakeTestHost implements TestHost {
    /** What a method does. */
    @FunctionalInterface
    interface Method {
        Object call(List<?> positional, Map<String, ?> named) throws Exception;
    }

    /** What is done where no test says what a method does. */
    @FunctionalInterface
    interface AnyMethod {
        Object call(String method, List<?> positional, Map<String, ?> named);
    }

    final List<String> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Runnable> signs = new ConcurrentHashMap<>();
    final List<RuntimeException> failedSteps = new CopyOnWriteArrayList<>();
    private final Map<String, Method> methods = new ConcurrentHashMap<>();
    /** What the user types where the script fails. */
    final List<String> typed = new CopyOnWriteArrayList<>();

    private volatile Thread runner;
    private AnyMethod other;

    FakeTestHost with(String method, Method body) {
        methods.put(method, body);
        return this;
    }

    FakeTestHost otherwise(AnyMethod body) {
        other = body;
        return this;
    }

    FakeTestHost giving(String method, Object value) {
        return with(method, (positional, named) -> value);
    }

    FakeTestHost failing(String method, LabException failure) {
        return with(method, (positional, named) -> {
            throw failure;
        });
    }

    /** This thread will run the script. */
    void belongToThisThread() {
        runner = Thread.currentThread();
    }

    /** Has something done when a line is heard for the first time. */
    void when(String line, Runnable work) {
        signs.put(line, work);
    }

    /** Returns what a command came to. */
    static Result result(int exitCode, String out) {
        return new Result("web", "", exitCode, new Text(out), new Text(""), Duration.ZERO);
    }

    @Override
    public Object call(String machine, String method, List<?> positional, Map<String, ?> named) {
        var body = methods.get(method);
        if (body == null && other != null) {
            return other.call(method, positional, named);
        }
        if (body == null) {
            heard.add(machine + "." + method + positional + (named.isEmpty() ? "" : new TreeMap<>(named)));
            return null;
        }
        try {
            return body.call(positional, named);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(method);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void step(String name, Callable<?> body) {
        heard.add("begin " + name);
        try {
            body.call();
            heard.add("end " + name);
        } catch (RuntimeException e) {
            heard.add("fail " + name);
            failedSteps.add(e);
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Runnable watch(String name, Duration every, Callable<?> look) {
        heard.add("watch " + name + " every " + every.toMillis() + " ms");
        var thread = Threads.start("watch", () -> {
            try {
                while (true) {
                    look.call();
                    Await.pause(every, "the watch");
                }
            } catch (CancelledException e) {
                // It was ended.
            } catch (Exception e) {
                heard.add("broke: " + e.getMessage());
                runner.interrupt();
            }
        });
        return () -> {
            heard.add("unwatch " + name);
            thread.interrupt();
        };
    }

    @Override
    public void say(String line) {
        heard.add("say " + line);
        Optional.ofNullable(signs.remove("say " + line)).ifPresent(Runnable::run);
    }

    @Override
    public void complain(String line) {
        heard.add("complain " + line);
    }

    @Override
    public void console(boolean shown) {
        heard.add("console " + shown);
    }

    @Override
    public boolean stopped(LabException failure) {
        if (typed.isEmpty()) {
            return false;
        }
        heard.add("stopped " + failure.getMessage() + " at " + failure.place());
        return true;
    }

    @Override
    public Optional<String> line(String prompt) {
        return typed.isEmpty() ? Optional.empty() : Optional.of(typed.remove(0));
    }

    private record Text(String text) implements Output {
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
