/** What a change of the rulebook changes: part by part as it is written, and in what is answered; how many such changes scenarios notice. */
@NullMarked
package ismap.analysis;

import org.jspecify.annotations.NullMarked;
