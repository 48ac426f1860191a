/**
 * Drools, and nothing of it for anybody else: plans are printed as DRL of ours, compiled and run; derivations in an author's DRL are
 * read into the model. No text that a person wrote reaches Drools.
 */
@NullMarked
package ismap.drools;

import org.jspecify.annotations.NullMarked;
