package org.nixlab.nix;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static java.util.Objects.requireNonNull;

/**
 * What Nix tells of a build with {@code --log-format internal-json}: lines {@code @nix {...}} about activities that start,
 * report and stop. Written to by one thread; may be read by others when that has ended.
 *
 * <p>The numbers are those of {@code ActivityType} and {@code ResultType} in Nix's {@code logging.hh}.
 */
final class NixBuildLog extends OutputStream {
    private static final String MARK = "@nix ";
    private static final int LAST_LINES = 10;
    private static final int LONGEST_LINE = 1 << 20;

    private static final int COPY_PATH = 100;
    private static final int COPY_PATHS = 103;
    private static final int BUILDS = 104;
    private static final int BUILD = 105;
    private static final int SUBSTITUTE = 108;

    private static final int LOG_LINE = 101;
    private static final int PHASE = 104;
    private static final int PROGRESS = 105;

    private static final int ERROR = 0;
    private static final int WARNING = 1;

    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");

    private final ObjectMapper json = new ObjectMapper();
    private final NixBuildListener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<Long, Activity> activities = new LinkedHashMap<>();
    private final Map<String, Deque<String>> lastLines = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Progress builds = Progress.NONE;
    private Progress fetches = Progress.NONE;
    private String told = "";

    NixBuildLog(NixBuildListener listener) {
        this.listener = requireNonNull(listener, "listener");
    }

    private record Activity(int type, String subject) {}

    private record Progress(long done, long expected) {
        private static final Progress NONE = new Progress(0, 0);
    }

    /** Returns what Nix called errors, the last one last, without colours. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Returns the last lines that the builder of a derivation printed. */
    List<String> lastLines(String derivation) {
        return List.copyOf(lastLines.getOrDefault(derivation, new ArrayDeque<>()));
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            take(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else if (line.size() < LONGEST_LINE) {
            line.write(b);
        }
    }

    private void take(String text) {
        if (!text.startsWith(MARK)) {
            // Older programs of Nix, and what goes wrong before the log is set up.
            if (text.startsWith("error:")) {
                errors.add(text);
            }
            return;
        }
        try {
            take(json.readTree(text.substring(MARK.length())));
        } catch (JsonProcessingException e) {
            // A line of a builder that looks like one of Nix's.
        }
    }

    private void take(JsonNode event) {
        long id = event.path("id").asLong();
        switch (event.path("action").asText()) {
            case "start" -> start(id, event);
            case "stop" -> activities.remove(id);
            case "result" -> result(id, event);
            case "msg" -> message(event);
            default -> {
                // Later versions may say more.
            }
        }
    }

    private void start(long id, JsonNode event) {
        var subject = event.path("fields").path(0).asText();
        activities.put(id, new Activity(event.path("type").asInt(), subject));
        tell();
    }

    private void result(long id, JsonNode event) {
        var activity = activities.get(id);
        var fields = event.path("fields");
        if (activity == null) {
            return;
        }
        switch (event.path("type").asInt()) {
            case LOG_LINE -> remember(activity.subject(), plain(fields.path(0).asText()));
            case PHASE ->
                listener.step(name(activity.subject()) + ": " + fields.path(0).asText(), fraction());
            case PROGRESS ->
                progress(
                        activity,
                        new Progress(fields.path(0).asLong(), fields.path(1).asLong()));
            default -> {
                // Links, and what is expected in bytes.
            }
        }
    }

    private void progress(Activity activity, Progress progress) {
        if (activity.type() == BUILDS && !progress.equals(builds)) {
            builds = progress;
            tell();
        } else if (activity.type() == COPY_PATHS && !progress.equals(fetches)) {
            fetches = progress;
            tell();
        }
    }

    private void message(JsonNode event) {
        var text = plain(event.path("msg").asText());
        int level = event.path("level").asInt();
        if (level == ERROR) {
            errors.add(text);
        } else if (level == WARNING) {
            listener.note(text);
        }
    }

    private void remember(String derivation, String text) {
        var lines = lastLines.computeIfAbsent(derivation, key -> new ArrayDeque<>());
        lines.add(text);
        if (lines.size() > LAST_LINES) {
            lines.remove();
        }
    }

    private void tell() {
        var parts = new ArrayList<String>();
        if (builds.expected() > 0) {
            parts.add(builds.done() + " of " + builds.expected() + " built");
        }
        if (fetches.expected() > 0) {
            parts.add(fetches.done() + " of " + fetches.expected() + " fetched");
        }
        current().ifPresent(parts::add);
        var now = String.join(", ", parts);
        if (!now.equals(told)) {
            told = now;
            listener.step(now, fraction());
        }
    }

    /** Returns what is being done, the newest of all that is done at once. */
    private Optional<String> current() {
        return activities.values().stream()
                .filter(activity -> List.of(BUILD, SUBSTITUTE, COPY_PATH).contains(activity.type()))
                .reduce((first, second) -> second)
                .map(activity -> (activity.type() == BUILD ? "building " : "fetching ") + name(activity.subject()));
    }

    private double fraction() {
        long expected = builds.expected() + fetches.expected();
        return expected == 0 ? 0 : (double) (builds.done() + fetches.done()) / expected;
    }

    /** Returns the part of a store path that people read. */
    static String name(String storePath) {
        var file = storePath.substring(storePath.lastIndexOf('/') + 1).replaceFirst("\\.drv$", "");
        return file.replaceFirst("^[0-9a-z]{32}-", "");
    }

    private static String plain(String text) {
        return ESCAPES.matcher(text).replaceAll("");
    }
}
