/** Pages for people, in Japanese and English: templates of JTE, compiled with the service. Nothing here answers a request. */
@NullMarked
package ismap.pages;

import org.jspecify.annotations.NullMarked;
