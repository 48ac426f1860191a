/**
 * Workbooks: read into the model with the place of every cell, and written from it. Hides Apache POI.
 *
 * <p>Two layers. Below, a file is guarded ({@link ismap.xlsx.PackageGuard}) before POI sees a byte of it, and its cells become typed
 * contents with coordinates ({@link ismap.xlsx.Grid}). Above, sheets are bound to the model by their machine keys. What a person
 * did wrong is a {@link ismap.decision.Problem}; nothing here throws for what a file holds.
 */
@NullMarked
package ismap.xlsx;

import org.jspecify.annotations.NullMarked;
