package org.nixlab.command.verb;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.Listing;
import org.nixlab.command.text.Count;
import org.nixlab.command.text.SizeText;
import org.nixlab.lab.ImageSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Images are shared by all machines and labs. 'prune' removes those no built machine needs.",
            "",
            "Examples:",
            "  images",
            "  images prune",
            "  images -o json",
        })
final class ImagesCommand implements Action {
    private static final int SHORT_ID = 20;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** What to do with the images. */
    enum Task {
        LIST,
        PRUNE
    }

    @Parameters(arity = "0..1", paramLabel = "list|prune", description = "List them (default), or prune.")
    Optional<Task> task = Optional.empty();

    @Mixin
    final OutputOption output = new OutputOption();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var labs = context.session().labs();
        boolean prune = task.orElse(Task.LIST) == Task.PRUNE;
        var images = prune ? labs.pruneImages(timeout.deadline(Session.LOADING)) : labs.images();
        listing().print(images, output.format, context.display().out());
        long bytes = images.stream().mapToLong(ImageSummary::bytes).sum();
        context.display().message(summary(prune, images, bytes));
        return Outcome.of(images);
    }

    private static String summary(boolean prune, List<ImageSummary> images, long bytes) {
        return (prune ? "removed " : "") + Count.of(images.size(), "image") + ", " + SizeText.format(bytes);
    }

    private static Listing<ImageSummary> listing() {
        return new Listing<ImageSummary>()
                .column("IMAGE", "id", ImageSummary::id, image -> shortened(image.id()))
                .column("KIND", "kind", ImageSummary::kind)
                .column("SIZE", "bytes", ImageSummary::bytes, image -> SizeText.format(image.bytes()))
                .column("LAST USED", "lastUsed", ImageSummary::lastUsed, image -> day(image.lastUsed()))
                .column("IN USE", "inUse", ImageSummary::inUse, image -> image.inUse() ? "yes" : "no")
                .column("HOLDS", "description", ImageSummary::description);
    }

    private static String shortened(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }

    private static String day(Instant time) {
        return DAY.format(time.atZone(ZoneId.systemDefault()));
    }
}
