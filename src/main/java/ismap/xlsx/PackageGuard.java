package ismap.xlsx;

import ismap.decision.Place;
import ismap.decision.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a workbook's package by streaming, within limits, and refuses what a rulebook has no use for. Whoever reads on gets the parts
 * that were looked at here, never the bytes as they came: a package can show one reader other parts than another.
 */
final class PackageGuard {

    /** @param parts by name; to be used only where {@code problems} is empty */
    record Checked(Map<String, byte[]> parts, List<Problem> problems) {}

    private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final int DEEPEST = 64;
    private static final int RATIO_FROM = 1 << 20;

    // The JDK's own factory: another one on the class path may expand entities.
    private final XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
    private final String workbook;
    private final Limits limits;
    private final Map<String, byte[]> parts = new LinkedHashMap<>();
    private final Map<String, String> sheetNames = new LinkedHashMap<>();
    private int elements;
    private int cells;
    private int sheets;

    private PackageGuard(String workbook, Limits limits) {
        this.workbook = workbook;
        this.limits = limits;
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        xml.setProperty(XMLInputFactory.IS_COALESCING, false);
    }

    /** Stops at the first thing that is wrong with the file as a whole. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.code(), null, false, false);
            this.problem = problem;
        }
    }

    static Checked check(String workbook, byte[] bytes, Limits limits) {
        PackageGuard guard = new PackageGuard(workbook, limits);
        try {
            guard.inflate(bytes);
            guard.parts();
            return new Checked(guard.parts, List.of());
        } catch (Refused refused) {
            return new Checked(Map.of(), List.of(refused.problem));
        }
    }

    private Place.Cell file() {
        return new Place.Cell(workbook, "", "");
    }

    private void inflate(byte[] bytes) throws Refused {
        if (bytes.length > limits.fileBytes()) {
            throw new Refused(Mistakes.tooLarge(file(), bytes.length, limits.fileBytes()));
        }
        if (startsWith(bytes, OLE2)) {
            throw new Refused(
                    contains(bytes, "EncryptedPackage") ? Mistakes.encrypted(file()) : Mistakes.legacy(file()));
        }
        if (!startsWith(bytes, ZIP)) {
            throw new Refused(Mistakes.unreadable(file(), "not a zip package"));
        }
        long inflated = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                byte[] buffer = new byte[16384];
                for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                    inflated += read;
                    boolean absurd = inflated > RATIO_FROM && inflated / limits.ratio() > bytes.length;
                    if (inflated > limits.inflatedBytes() || absurd) {
                        throw new Refused(Mistakes.zipBomb(file(), limits));
                    }
                    part.write(buffer, 0, read);
                }
                String name = entry.getName().replace('\\', '/');
                name = name.startsWith("/") ? name.substring(1) : name;
                if (!entry.isDirectory() && parts.put(name, part.toByteArray()) != null) {
                    throw new Refused(Mistakes.unreadable(file(), "two parts " + name));
                }
                if (parts.size() > limits.entries()) {
                    throw new Refused(Mistakes.zipBomb(file(), limits));
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw new Refused(Mistakes.unreadable(file(), String.valueOf(broken.getMessage())));
        }
    }

    private void parts() throws Refused {
        if (!parts.containsKey("[Content_Types].xml") || parts.containsKey("xl/workbook.bin")) {
            throw new Refused(Mistakes.unreadable(file(), "no workbook in the package"));
        }
        for (String name : parts.keySet()) {
            refuseByName(name);
        }
        names();
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            String name = part.getKey();
            if (name.endsWith(".xml") || name.endsWith(".rels")) {
                try {
                    stream(name, part.getValue());
                } catch (XMLStreamException broken) {
                    throw new Refused(Mistakes.unreadable(file(), name + ": " + firstLine(broken)));
                }
            } else if (name.endsWith(".vml") && mayDeclare(part.getValue())) {
                // Excel's VML is not always well-formed XML, so it is not streamed.
                throw new Refused(Mistakes.doctype(file(), name));
            }
        }
    }

    private static String firstLine(Exception broken) {
        return String.valueOf(broken.getMessage())
                .lines()
                .reduce((first, last) -> last)
                .orElse("");
    }

    private void refuseByName(String name) throws Refused {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        if (lower.endsWith("vbaproject.bin")
                || lower.startsWith("xl/macrosheets/")
                || lower.startsWith("xl/activex/")
                || lower.startsWith("xl/embeddings/")
                || lower.startsWith("xl/dialogsheets/")
                || lower.startsWith("xl/ctrlprops/")) {
            throw new Refused(Mistakes.macro(file(), name));
        }
        if (lower.startsWith("xl/externallinks/")
                || lower.equals("xl/connections.xml")
                || lower.startsWith("xl/querytables/")
                || lower.startsWith("xl/model/")) {
            throw new Refused(Mistakes.externalLink(file(), name));
        }
    }

    private static boolean mayDeclare(byte[] part) {
        String text = new String(part, StandardCharsets.ISO_8859_1).replace("\0", "");
        return text.contains("<!DOCTYPE") || text.contains("<!ENTITY");
    }

    /** Finds which part is which sheet, for messages only. */
    private void names() throws Refused {
        var targets = new LinkedHashMap<String, String>();
        byte[] relations = parts.get("xl/_rels/workbook.xml.rels");
        byte[] book = parts.get("xl/workbook.xml");
        if (relations == null || book == null) {
            throw new Refused(Mistakes.unreadable(file(), "no xl/workbook.xml"));
        }
        try {
            each(relations, (reader, depth) -> {
                if (reader.getLocalName().equals("Relationship")) {
                    targets.put(attribute(reader, "Id"), attribute(reader, "Target"));
                }
            });
            each(book, (reader, depth) -> {
                if (reader.getLocalName().equals("sheet")) {
                    String target = targets.getOrDefault(attribute(reader, "id"), "");
                    sheetNames.put(
                            target.startsWith("/") ? target.substring(1) : "xl/" + target, attribute(reader, "name"));
                }
            });
        } catch (XMLStreamException broken) {
            throw new Refused(Mistakes.unreadable(file(), firstLine(broken)));
        }
    }

    private interface Visitor {
        void element(XMLStreamReader reader, int depth) throws Refused;
    }

    private void each(byte[] part, Visitor visitor) throws XMLStreamException, Refused {
        XMLStreamReader reader = xml.createXMLStreamReader(new ByteArrayInputStream(part));
        try {
            int depth = 0;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new Refused(Mistakes.doctype(file(), ""));
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > DEEPEST || ++elements > limits.elements()) {
                            throw new Refused(Mistakes.zipBomb(file(), limits));
                        }
                        visitor.element(reader, depth);
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
        } finally {
            reader.close();
        }
    }

    private void stream(String name, byte[] part) throws XMLStreamException, Refused {
        Cells position = new Cells(sheetNames.getOrDefault(name, ""));
        each(part, (reader, depth) -> {
            String element = reader.getLocalName();
            if (depth == 1) {
                String namespace = String.valueOf(reader.getNamespaceURI());
                if (namespace.startsWith("http://purl.oclc.org/ooxml/")) {
                    throw new Refused(Mistakes.strict(file()));
                }
                position.inWorksheet = element.equals("worksheet");
                if (position.inWorksheet && ++sheets > limits.sheets()) {
                    throw new Refused(Mistakes.tooManyCells(file(), limits));
                }
            }
            switch (element) {
                case "Relationship" -> relationship(reader);
                case "Default", "Override" -> contentType(reader);
                case "workbookPr" -> epoch(reader);
                case "row" -> position.row(reader);
                case "c" -> position.cell(reader);
                case "v", "is", "f" -> position.content();
                default -> {}
            }
        });
    }

    private void relationship(XMLStreamReader reader) throws Refused {
        boolean external = attribute(reader, "TargetMode").equals("External");
        // A link that a person may click is text; anything else would be fetched.
        if (external && !attribute(reader, "Type").endsWith("/hyperlink")) {
            throw new Refused(Mistakes.externalLink(file(), attribute(reader, "Target")));
        }
    }

    private void contentType(XMLStreamReader reader) throws Refused {
        String type = attribute(reader, "ContentType");
        if (type.contains("macroEnabled") || type.contains("vbaProject")) {
            throw new Refused(Mistakes.macro(file(), type));
        }
    }

    private void epoch(XMLStreamReader reader) throws Refused {
        String from1904 = attribute(reader, "date1904");
        if (!from1904.isEmpty() && !from1904.equals("0") && !from1904.equals("false")) {
            throw new Refused(Mistakes.date1904(file()));
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    /** Follows rows and cells of one sheet; both must come in order, as every spreadsheet program writes them. */
    private final class Cells {
        private final String sheet;
        private boolean inWorksheet;
        private int row;
        private int column;

        Cells(String sheet) {
            this.sheet = sheet;
        }

        void row(XMLStreamReader reader) throws Refused {
            if (!inWorksheet) {
                return;
            }
            String number = attribute(reader, "r");
            int next = number.isEmpty() ? row + 1 : parsed(number);
            if (next <= row) {
                throw new Refused(Mistakes.unreadable(file(), "row " + next + " after row " + row));
            }
            row = next;
            column = 0;
        }

        void cell(XMLStreamReader reader) throws Refused {
            if (!inWorksheet) {
                return;
            }
            if (++cells > limits.cells()) {
                throw new Refused(Mistakes.tooManyCells(file(), limits));
            }
            String address = attribute(reader, "r");
            int next = column + 1;
            if (!address.isEmpty()) {
                int letters = 0;
                next = 0;
                while (letters < address.length() && Character.isLetter(address.charAt(letters)) && letters < 4) {
                    next = next * 26 + (Character.toUpperCase(address.charAt(letters)) - 'A' + 1);
                    letters++;
                }
                if (letters == 0 || parsed(address.substring(letters)) != row) {
                    throw new Refused(Mistakes.unreadable(file(), "cell " + address + " in row " + row));
                }
            }
            if (next <= column) {
                throw new Refused(Mistakes.unreadable(file(), "cell " + address + " out of order"));
            }
            column = next;
        }

        void content() throws Refused {
            if (inWorksheet && (row > limits.rows() || column > limits.columns())) {
                throw new Refused(Mistakes.tooManyCells(
                        new Place.Cell(workbook, sheet, column == 0 ? "" : Grid.address(row - 1, column - 1)), limits));
            }
        }

        private int parsed(String digits) throws Refused {
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException notNumber) {
                throw new Refused(Mistakes.unreadable(file(), "row number " + digits));
            }
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && java.util.Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** OLE2 keeps the names of its streams in UTF-16. */
    private static boolean contains(byte[] bytes, String name) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(new String(name.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
    }
}
