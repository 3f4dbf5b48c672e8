package org.nixlab.guest.channel;

/**
 * How a command ended.
 *
 * @param status the exit code the guest's shell saw; 128 and the signal's number if a signal ended the command
 * @param cancelled whether it was told to end
 * @param leftBehind how many processes it left running; what they print later goes to the guest's journal
 */
public record CommandExit(int status, boolean cancelled, int leftBehind) {}
