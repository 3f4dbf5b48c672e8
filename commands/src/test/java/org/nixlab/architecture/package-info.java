/** Holds what {@code docs/architecture.md} says against the source of both modules. */
package org.nixlab.architecture;
