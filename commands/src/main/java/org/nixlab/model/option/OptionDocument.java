package org.nixlab.model.option;

/**
 * What a supported option is, for people.
 *
 * @param name its path, for example {@code services.httpd.enable}
 * @param type its type in words
 * @param defaultText its default as a Nix expression, or empty if it must be set
 * @param example an example as a Nix expression, or empty
 * @param description what it does
 * @param renamedFrom the older spelling that is accepted as well, or empty
 */
public record OptionDocument(
        String name, String type, String defaultText, String example, String description, String renamedFrom) {}
