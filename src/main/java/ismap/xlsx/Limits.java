package ismap.xlsx;

/**
 * What a workbook may cost its reader. POI's own limits let a file of 720,000 honest cells through (10 s and 650 MB of heap).
 *
 * @param fileBytes of the file as it came
 * @param entries parts in the package
 * @param inflatedBytes of all parts together
 * @param ratio inflated bytes to file bytes, once more than a megabyte has been inflated
 * @param elements XML elements of all parts together
 * @param rows the last row that may hold something, counted from 1; {@code columns} likewise
 * @param cells cells of all sheets together, empty ones included
 */
public record Limits(
        int fileBytes,
        int entries,
        int inflatedBytes,
        int ratio,
        int elements,
        int sheets,
        int rows,
        int columns,
        int cells) {

    /** Some ten times what the largest workbook of the shipped rulebook needs. */
    public static final Limits DEFAULT = new Limits(4 << 20, 400, 16 << 20, 100, 400_000, 120, 10_000, 256, 60_000);
}
