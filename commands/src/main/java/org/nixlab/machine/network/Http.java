package org.nixlab.machine.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.machine.Vm;
import org.nixlab.talk.TwoWayStream;

import static java.util.Objects.requireNonNull;

/**
 * Makes requests from inside a machine, over a stream into it, so that the machine needs no program for that. Names are what
 * the machine takes them for. Redirects are answers as any other.
 */
public final class Http {
    /** One of several attempts. */
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    private final Vm vm;
    private final boolean checked;

    /** @param checked whether a server over https must have a certificate that the machine trusts */
    public Http(Vm vm, boolean checked) {
        this.vm = requireNonNull(vm, "vm");
        this.checked = checked;
    }

    /**
     * Makes a request once; any answer is one.
     *
     * @throws LabException (check) if there is no answer
     */
    public HttpResponse once(HttpRequest request, Deadline deadline) {
        var machine = vm.declared().name();
        try (var stream = connect(request, deadline)) {
            return exchange(request, stream, deadline);
        } catch (InterruptedIOException e) {
            throw new CancelledException(request.toString());
        } catch (IOException e) {
            if (deadline.hasPassed()) {
                throw new DeadlineException("timed out waiting for " + request + " from " + machine, "", "");
            }
            vm.requireRunning();
            throw new LabException(ExitCode.CHECK_FAILED, machine + ": " + request + ": " + e.getMessage(), "", "", e);
        }
    }

    /** Makes a request until the answer is no error, and returns that. */
    public HttpResponse untilSuccess(HttpRequest request, Deadline deadline) {
        var answer = new HttpResponse[1];
        var last = new AtomicReference<>("");
        var answered = new Condition(
                request + " from " + vm.declared().name(),
                () -> {
                    try {
                        answer[0] = once(request, Deadline.in(ATTEMPT).orSooner(deadline));
                    } catch (CancelledException e) {
                        throw e;
                    } catch (DeadlineException e) {
                        return Observation.unmet(last.get().isEmpty() ? "no answer" : last.get());
                    } catch (LabException e) {
                        if (e.exitCode() == ExitCode.HOST_FAILED || e.exitCode() == ExitCode.USAGE) {
                            throw e;
                        }
                        last.set(e.getMessage());
                        return Observation.unmet(last.get());
                    }
                    last.set("status " + answer[0].status() + " " + answer[0].reason());
                    return new Observation(answer[0].status() < 400, last.get());
                },
                "");
        Await.guest().until(answered, deadline);
        return answer[0];
    }

    private TwoWayStream connect(HttpRequest request, Deadline deadline) throws IOException {
        try {
            return vm.connect(request.host(), request.port(), deadline);
        } catch (CancelledException | DeadlineException e) {
            throw e;
        } catch (LabException e) {
            vm.requireRunning();
            throw new IOException(e.getMessage(), e);
        }
    }

    private HttpResponse exchange(HttpRequest request, TwoWayStream stream, Deadline deadline) throws IOException {
        var over = new CountDownLatch(1);
        Threads.start(vm.declared().name() + "-http-limit", () -> closeAt(deadline, stream, over));
        try {
            if (!request.isSecure()) {
                return talk(request, stream);
            }
            var trust = checked ? Optional.of(Tls.trusted(vm, deadline)) : Optional.<InputStream>empty();
            return talk(request, Tls.over(stream, request.host(), request.port(), trust));
        } finally {
            over.countDown();
        }
    }

    private static HttpResponse talk(HttpRequest request, TwoWayStream stream) throws IOException {
        var out = stream.out();
        out.write(request.wire());
        out.flush();
        return HttpResponse.read(stream.in(), request.method());
    }

    private static void closeAt(Deadline deadline, TwoWayStream stream, CountDownLatch over) {
        try {
            if (!over.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                stream.close();
            }
        } catch (InterruptedException e) {
            // The process ends.
        }
    }
}
