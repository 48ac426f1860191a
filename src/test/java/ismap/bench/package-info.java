/** Benchmarks; run by {@code dev/bench}, never by the tests. */
@NullMarked
package ismap.bench;

import org.jspecify.annotations.NullMarked;
