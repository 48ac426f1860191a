/**
 * Use cases: answer a question about a case, record a decision, find a record again. Plain Java; what needs a clock, chance or a
 * database is given.
 */
@NullMarked
package ismap.evaluation;

import org.jspecify.annotations.NullMarked;
