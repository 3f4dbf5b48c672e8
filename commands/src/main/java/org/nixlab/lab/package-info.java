/**
 * The loaded network as a running whole: what the verbs mean.
 *
 * <p>Commands, Groovy methods and checks are thin skins over {@link org.nixlab.lab.Lab}; start there.
 */
package org.nixlab.lab;
