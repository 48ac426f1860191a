/** Pages printed as PDF. Hides openhtmltopdf and PDFBox. */
@NullMarked
package ismap.pdf;

import org.jspecify.annotations.NullMarked;
