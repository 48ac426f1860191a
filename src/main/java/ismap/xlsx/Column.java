package ismap.xlsx;

import ismap.decision.Bilingual;

/**
 * A column as the format knows it.
 *
 * @param required whether its key has to be there; the cells may be blank all the same
 */
record Column(String key, Bilingual label, Kind kind, boolean required) {

    /** What a column's cells are, and so how they are written. */
    enum Kind {
        /** Names, ids, codes: text whatever it looks like. */
        CODE,
        /** Text for people. */
        PROSE,
        DAY,
        /** A number or a day. */
        VALUE
    }

    static Column code(String key, String ja, String en) {
        return new Column(key, new Bilingual(ja, en), Kind.CODE, true);
    }

    static Column prose(String key, String ja, String en) {
        return new Column(key, new Bilingual(ja, en), Kind.PROSE, true);
    }

    static Column day(String key, String ja, String en) {
        return new Column(key, new Bilingual(ja, en), Kind.DAY, true);
    }

    static Column value(String key, String ja, String en) {
        return new Column(key, new Bilingual(ja, en), Kind.VALUE, true);
    }

    Column optional() {
        return new Column(key, label, kind, false);
    }
}
