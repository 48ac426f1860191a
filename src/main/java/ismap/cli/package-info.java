/** The command line: checking, testing and asking a rulebook that lies in a folder. */
@NullMarked
package ismap.cli;

import org.jspecify.annotations.NullMarked;
