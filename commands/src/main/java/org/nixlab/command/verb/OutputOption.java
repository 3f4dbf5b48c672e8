package org.nixlab.command.verb;

import org.nixlab.command.display.Listing;
import picocli.CommandLine.Option;

/** {@code -o} of everything that lists. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to print: table or json.")
    Listing.Format format = Listing.Format.TABLE;
}
