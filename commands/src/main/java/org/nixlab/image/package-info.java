/**
 * Debian guests: layers, their cache, kernels, and the script that starts a machine.
 *
 * <p>A machine is put together from read-only layers, each built once and shared: a base per architecture, a kernel with
 * its modules, a layer per set of packages, and a small layer with what the machine's configuration owns. It knows
 * neither Nix nor how a machine is run. Start with {@link org.nixlab.image.MachineBuilder}.
 */
package org.nixlab.image;
