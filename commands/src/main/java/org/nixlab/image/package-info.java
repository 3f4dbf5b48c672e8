/**
 * Debian guests, from a machine of the model to the script that starts it.
 *
 * <p>A machine is put together from read-only layers, each built once and shared: a base per architecture, a kernel with
 * its modules, a layer per set of packages, and a small layer with what the machine's configuration owns. The rooms
 * stand on each other: {@code cache}, {@code debian}, {@code layer}, {@code boot}. It knows neither Nix nor how a machine
 * is run. Start with {@link org.nixlab.image.MachineBuilder}.
 */
package org.nixlab.image;
