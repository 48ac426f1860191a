/** The self-check for providers, a page a question. A client of the same use cases as the API, and knows no rule. */
@NullMarked
package ismap.selfcheck;

import org.jspecify.annotations.NullMarked;
