/** Tests of what is around the program: launcher, class data, release archive, quickstart and verify. */
package org.nixlab.setup;
