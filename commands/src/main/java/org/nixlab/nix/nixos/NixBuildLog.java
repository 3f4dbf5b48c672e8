package org.nixlab.nix.nixos;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
    private static final String BEGIN_OF_REASON = "\u0001";
    private static final int LONGEST_LINE = 1 << 20;

    private static final int COPY_PATH = 100;
    private static final int COPY_PATHS = 103;
    private static final int BUILDS = 104;
    private static final int BUILD = 105;
    private static final int SUBSTITUTE = 108;
    private static final int WAITING = 111;

    private static final int LOG_LINE = 101;
    private static final int PHASE = 104;
    private static final int PROGRESS = 105;

    private static final int ERROR = 0;
    private static final int WARNING = 1;

    private static final Pattern PLAN = Pattern.compile(
            "(?:this|these (\\d+)) (?:derivation|path)s? will be (built|fetched)(?: \\(([\\d.]+ \\w+) download)?");
    private static final Pattern QUOTED_PATH = Pattern.compile("'(/[^']+)'");
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("\\p{Cntrl}+");

    private final ObjectMapper json = new ObjectMapper();
    private final NixBuildListener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<Long, Activity> activities = new LinkedHashMap<>();
    private final Map<String, Deque<String>> lastLines = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Count builds = Count.NONE;
    private Count fetches = Count.NONE;
    private String size = "";
    private String told = "";
    private final Set<String> noted = new HashSet<>();

    NixBuildLog(NixBuildListener listener) {
        this.listener = requireNonNull(listener, "listener");
    }

    private record Activity(int type, String subject, String text) {
        boolean isWork() {
            return type == BUILD || type == SUBSTITUTE || type == COPY_PATH;
        }
    }

    /**
     * A count of builds or fetches.
     *
     * @param expected how much Nix has come to so far
     * @param planned how much it said beforehand, or negative if it said nothing
     */
    private record Count(long done, long expected, long planned) {
        private static final Count NONE = new Count(0, 0, -1);

        long all() {
            return planned < 0 ? expected : Math.max(done, planned);
        }

        Count with(long newDone, long newExpected) {
            return new Count(newDone, newExpected, planned);
        }

        Count planned(long newPlanned) {
            return new Count(done, expected, newPlanned);
        }

        Optional<String> text(String verb) {
            if (all() == 0) {
                return Optional.empty();
            }
            return Optional.of(done < all() ? done + " of " + all() + " " + verb : done + " " + verb);
        }
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
            case "stop" -> {
                activities.remove(id);
                tell();
            }
            case "result" -> result(id, event);
            case "msg" -> message(event);
            default -> {
                // Later versions may say more.
            }
        }
    }

    private void start(long id, JsonNode event) {
        var subject = event.path("fields").path(0).asText();
        activities.put(
                id,
                new Activity(
                        event.path("type").asInt(),
                        subject,
                        plain(event.path("text").asText())));
        tell();
    }

    private void result(long id, JsonNode event) {
        var activity = activities.get(id);
        var fields = event.path("fields");
        if (activity == null) {
            return;
        }
        switch (event.path("type").asInt()) {
            case LOG_LINE -> {
                var printed = plain(fields.path(0).asText());
                if (!printed.equals(BEGIN_OF_REASON)) {
                    remember(activity.subject(), printed);
                    now(id, printed);
                }
            }
            case PHASE -> now(id, fields.path(0).asText());
            case PROGRESS -> {
                long done = fields.path(0).asLong();
                long expected = fields.path(1).asLong();
                builds = activity.type() == BUILDS ? builds.with(done, expected) : builds;
                fetches = activity.type() == COPY_PATHS ? fetches.with(done, expected) : fetches;
                tell();
            }
            default -> {
                // Links, and what is expected in bytes.
            }
        }
    }

    /** Tells what a builder says, if that is the one that is being told of. */
    private void now(long id, String text) {
        if (newest().filter(newest -> newest == id).isPresent()) {
            listener.now(text);
        }
    }

    private void message(JsonNode event) {
        var text = plain(event.path("msg").asText());
        int level = event.path("level").asInt();
        // Of what it warns before it has begun, Nix tells as of an error.
        boolean isWarning = level == WARNING || text.startsWith("warning:");
        if (level == ERROR && !isWarning) {
            errors.add(text);
        } else if (isWarning) {
            NixWarning.tell(text).filter(noted::add).ifPresent(listener::note);
        } else {
            plan(text);
        }
    }

    /** Nix counts what it has come to; how much there will be it says beforehand, in words. */
    private void plan(String text) {
        var plan = PLAN.matcher(text);
        if (plan.lookingAt()) {
            long count = plan.group(1) == null ? 1 : Long.parseLong(plan.group(1));
            boolean ofBuilds = plan.group(2).equals("built");
            // What is not planned will not be.
            builds = builds.planned(ofBuilds ? count : Math.max(0, builds.planned()));
            fetches = fetches.planned(ofBuilds ? Math.max(0, fetches.planned()) : count);
            size = plan.group(3) == null ? size : " (" + plan.group(3) + ")";
            tell();
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
        builds.text("built").ifPresent(parts::add);
        fetches.text("fetched").map(text -> text + size).ifPresent(parts::add);
        if (fraction() < 1) {
            current().ifPresent(parts::add);
        }
        var now = String.join(", ", parts);
        if (!now.equals(told)) {
            told = now;
            listener.step(now, fraction());
        }
    }

    private Optional<String> current() {
        long others = activities.values().stream().filter(Activity::isWork).count() - 1;
        return newest().map(activities::get)
                .map(activity -> (activity.type() == BUILD ? "building " : "fetching ")
                        + name(activity.subject())
                        + (others > 0 ? " and " + others + " more" : ""))
                .or(this::waiting);
    }

    /** Returns what keeps Nix from going on: another that builds the same, or a busy builder. */
    private Optional<String> waiting() {
        return activities.values().stream()
                .filter(activity -> activity.type() == WAITING)
                .map(activity -> QUOTED_PATH
                        .matcher(activity.text())
                        .replaceAll(path -> Matcher.quoteReplacement(name(path.group(1)))))
                .findFirst();
    }

    /** Returns the work that began last of all that is done at once. */
    private Optional<Long> newest() {
        return activities.entrySet().stream()
                .filter(entry -> entry.getValue().isWork())
                .map(Map.Entry::getKey)
                .reduce((first, second) -> second);
    }

    private double fraction() {
        long all = builds.all() + fetches.all();
        return all == 0 ? 0 : (double) (builds.done() + fetches.done()) / all;
    }

    /** Returns the part of a store path that people read. */
    static String name(String storePath) {
        var file = storePath.substring(storePath.lastIndexOf('/') + 1).replaceFirst("\\.drv$", "");
        return file.replaceFirst("^[0-9a-z]{32}-", "");
    }

    private static String plain(String text) {
        var plain = ESCAPES.matcher(text).replaceAll("");
        // A builder that could not even be started leaves its reason as the two halves of Nix pass it to each other.
        return plain.indexOf(0) < 0
                ? plain
                : BETWEEN_WORDS
                        .splitAsStream(plain)
                        .max(Comparator.comparingInt(String::length))
                        .orElse("");
    }
}
