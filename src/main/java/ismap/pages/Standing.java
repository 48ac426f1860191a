package ismap.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The revision that a page shows. */
public record Standing(String revision, String digest, Instant publishedAt) {

    private static final DateTimeFormatter TOKYO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneId.of("Asia/Tokyo"));

    /** In Tokyo. */
    public String published() {
        return TOKYO.format(publishedAt);
    }
}
