/**
 * The network as immutable records: machines, VLANs, addresses, and what is to be inside each machine.
 *
 * <p>It knows neither Nix nor JSON nor QEMU: {@code nix} makes these values, {@code image} and {@code machine} turn them
 * into disks and running machines. Start with {@link org.nixlab.model.Network}.
 */
package org.nixlab.model;
