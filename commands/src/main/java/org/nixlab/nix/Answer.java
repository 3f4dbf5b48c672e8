package org.nixlab.nix;

import java.nio.file.Path;
import java.util.List;

/**
 * What Nix said to one of nixlab's expressions.
 *
 * @param output JSON
 * @param read the files it read, the network file first
 * @param notes what else it wrote
 */
public record Answer(byte[] output, List<Path> read, List<String> notes) {}
