/** The append-only record of what was decided. */
@NullMarked
package ismap.ledger;

import org.jspecify.annotations.NullMarked;
