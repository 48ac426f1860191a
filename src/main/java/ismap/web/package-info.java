/** What deliveries over HTTP share: pages as answers, how often a client may ask. Knows no use case. */
@NullMarked
package ismap.web;

import org.jspecify.annotations.NullMarked;
