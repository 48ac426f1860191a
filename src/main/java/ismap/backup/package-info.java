/** What a backup is: a file with all tables as they were at one moment, and a manifest by which it is held to be whole. */
@NullMarked
package ismap.backup;

import org.jspecify.annotations.NullMarked;
