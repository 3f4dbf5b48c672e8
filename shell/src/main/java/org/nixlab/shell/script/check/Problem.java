package org.nixlab.shell.script.check;

/** Something in a text that cannot be right. Lines count from 1. */
public record Problem(String message, int line) {}
