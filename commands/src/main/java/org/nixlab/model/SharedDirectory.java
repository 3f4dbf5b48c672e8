package org.nixlab.model;

/** A directory of the host ({@code source}) that the guest mounts at {@code target}, under the mount tag {@code name}. */
public record SharedDirectory(String name, String source, String target) {}
