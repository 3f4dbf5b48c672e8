/**
 * The method table: what scripts can ask of a machine, each method with its parameters, once for all languages.
 *
 * <p>Start with {@link org.nixlab.lab.method.MachineMethods}. What a method means is in {@code machine} and {@code lab}; a
 * language is a skin that hands over plain data and is given plain data.
 */
package org.nixlab.lab.method;
