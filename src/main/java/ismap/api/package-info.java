/** The HTTP interface for programs, and the plain pages around it. Micronaut; everything it says is in the words of the contract. */
@NullMarked
package ismap.api;

import org.jspecify.annotations.NullMarked;
