/** The life of a revision of the rulebook: what was published, when, and which one is in force. */
@NullMarked
package ismap.revision;

import org.jspecify.annotations.NullMarked;
