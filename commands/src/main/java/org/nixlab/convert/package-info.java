/**
 * Turns the Python script of a NixOS test into a scenario, statement by statement, and names what it cannot turn. Text in,
 * text out: it knows no lab and runs nothing.
 *
 * <p>Start with {@link org.nixlab.convert.Converter}.
 */
package org.nixlab.convert;
