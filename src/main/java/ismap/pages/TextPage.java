package ismap.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A document of the repository as a page: headings, paragraphs and tables, which is all that such a document uses. */
public record TextPage(String title, List<Block> blocks) {

    /** @param rows the first is the head of a table; empty for anything else */
    public record Block(String heading, String paragraph, List<List<String>> rows) {}

    public static TextPage of(String markdown) {
        var blocks = new ArrayList<Block>();
        String title = "";
        for (String block : markdown.strip().split("\n\\s*\n")) {
            String text = block.strip();
            if (text.startsWith("# ")) {
                title = text.substring(2);
            } else if (text.startsWith("## ")) {
                blocks.add(new Block(text.substring(3), "", List.of()));
            } else if (text.startsWith("|")) {
                blocks.add(new Block(
                        "",
                        "",
                        text.lines()
                                .filter(line -> !line.matches("\\|[-|]+\\|"))
                                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                                        .map(cell -> cell.strip().replace("`", ""))
                                        .toList())
                                .toList()));
            } else {
                blocks.add(new Block("", text.replace("\n", " ").replace("`", ""), List.of()));
            }
        }
        return new TextPage(title, blocks);
    }
}
