package ismap.pages;

/**
 * A receipt as a file of its own, which needs nothing of the service to be read.
 *
 * @param style CSS; written into the page as it is
 */
public record Sheet(View view, ReceiptPage receipt, String style) {}
