/** What a decision is: values, findings, citations, outcomes, and the one place where periods are counted. JDK only. */
@NullMarked
package ismap.decision;

import org.jspecify.annotations.NullMarked;
