/** Options as documents, and the paths to them. */
package org.nixlab.model.option;
