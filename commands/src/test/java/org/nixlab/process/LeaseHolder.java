package org.nixlab.process;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that tries to take a lease, says whether it could, and holds it until its input ends. */
public final class LeaseHolder implements AutoCloseable {
    private final Process process;
    private final boolean holds;

    private LeaseHolder(Process process, boolean holds) {
        this.process = process;
        this.holds = holds;
    }

    public static LeaseHolder of(Path file) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeaseHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new LeaseHolder(
                process, Boolean.parseBoolean(process.inputReader().readLine()));
    }

    public boolean holds() {
        return holds;
    }

    long pid() {
        return process.pid();
    }

    /** Kills it, as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] args) throws IOException {
        var lease = Lease.tryTake(Path.of(args[0]));
        System.out.println(lease.isPresent());
        System.in.readAllBytes();
        lease.ifPresent(Lease::close);
    }
}
