@NullMarked
package ismap.ledger;

import org.jspecify.annotations.NullMarked;
