package org.nixlab.guest.copy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.guest.bulk.CopyChecksum;
import org.nixlab.guest.channel.FileChecksum;
import org.nixlab.guest.tar.SparseMap;
import org.nixlab.guest.tar.TarEntry;
import org.nixlab.guest.tar.TarReader;
import org.nixlab.talk.CopyProgress;

/** Passes the tar stream of one machine on to another, and reads it on the way. Used by one thread. */
final class TarRelay {
    private static final int BUFFER = 256 * 1024;

    private final CopyPlan plan;
    private final OutputStream to;
    private final long total;
    private final CopyProgress progress;
    private final Map<String, String> sums = new LinkedHashMap<>();
    private long bytes;

    /** @param total about how many bytes will come, or -1 */
    TarRelay(CopyPlan plan, OutputStream to, long total, CopyProgress progress) {
        this.plan = plan;
        this.to = to;
        this.total = total;
        this.progress = progress;
    }

    /** Passes all on, to the end of the stream. Returns the names of the files with their checksums. */
    Map<String, String> pass(InputStream from, CopyChecksum checksum) throws IOException {
        var output = new BufferedOutputStream(to, BUFFER);
        var input = new TappedInput(from, output::write);
        var tar = new TarReader(input);
        var passed = new LinkedHashMap<String, String>();
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            var name = plan.inside(entry.get().name());
            plan.requireNoTopLink(name, entry.get());
            if (entry.get().kind() == TarEntry.Kind.FILE) {
                passed.put(name, sum(entry.get(), tar, checksum.start()));
            }
        }
        TarReader.drain(input);
        output.flush();
        sums.putAll(passed);
        return passed;
    }

    /** Returns the checksums of all files that were passed on, each of what came for it last, sorted. */
    List<String> sums() {
        return sums.values().stream().sorted().toList();
    }

    private String sum(TarEntry entry, TarReader tar, FileChecksum sum) throws IOException {
        var buffer = new byte[1 << 16];
        long end = 0;
        for (var part :
                entry.map().orElseGet(() -> SparseMap.whole(entry.size())).parts()) {
            FileChecksum.addZeros(sum, part.offset() - end, this::progress);
            for (end = part.offset(); end < part.end(); ) {
                var count = tar.read(buffer, (int) Math.min(buffer.length, part.end() - end));
                sum.update(buffer, count);
                end += count;
                progress(count);
            }
        }
        FileChecksum.addZeros(sum, entry.size() - end, this::progress);
        return sum.line();
    }

    private void progress(long count) {
        bytes += count;
        progress.copied(total < 0 ? bytes : Math.min(bytes, total), total);
    }
}
