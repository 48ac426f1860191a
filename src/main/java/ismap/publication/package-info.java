/** From the files of a rulebook to the revision in force: reading a folder, checking it, and what a service starts with. Plain Java. */
@NullMarked
package ismap.publication;

import org.jspecify.annotations.NullMarked;
