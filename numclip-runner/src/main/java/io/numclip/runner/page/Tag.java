package io.numclip.runner.page;

import io.numclip.host.message.PlainText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element with its attributes and what it holds: elements, lists of them, and texts. Names are ours; values and texts may be
 * anybody's: what would be markup is escaped when it is written, and what cannot be seen is made visible.
 */
public final class Tag {

    private static final Set<String> EMPTY = Set.of("img", "input", "meta", "link");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> parts = new ArrayList<>();

    private Tag(String name) {
        this.name = name;
    }

    public static Tag of(String name, Object... parts) {
        return new Tag(name).add(parts);
    }

    /** An element of a class of the style sheet. */
    public static Tag styled(String name, String style, Object... parts) {
        return new Tag(name).set("class", style).add(parts);
    }

    /** Something that is shown on a click. */
    public static Tag folded(String summary, Object... content) {
        return of("details", of("summary", summary)).add(content);
    }

    /**
     * Something wide, which is moved within its column instead of the whole page; with the keyboard too.
     *
     * @param name what it is, for those who hear the page
     */
    public static Tag scrolled(String name, Tag content) {
        return styled("div", "scroll", content)
                .set("tabindex", 0)
                .set("role", "region")
                .set("aria-label", name);
    }

    /**
     * @param file beside the page, or a folder, whatever letters its name has
     * @param rest of the address; may be empty
     */
    public static Tag link(String text, String file, String rest) {
        String address = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20") + rest;
        return of("a", text).set("href", address);
    }

    /**
     * A line of links to what lies beside the page.
     *
     * @param before what they are
     * @param names as they are shown, and where they lead
     * @param rest of each address; may be empty
     */
    public static Tag links(String before, List<String> names, String rest) {
        Tag line = of("p", before);
        names.forEach(each -> line.add(line.parts.size() == 1 ? "" : ", ", link(each, each, rest)));
        return line.add(".");
    }

    public Tag set(String attribute, Object value) {
        attributes.put(attribute, String.valueOf(value));
        return this;
    }

    public Tag add(Object... more) {
        for (Object part : more) {
            if (part instanceof List<?> list) {
                parts.addAll(list);
            } else {
                parts.add(part);
            }
        }
        return this;
    }

    void write(StringBuilder page) {
        page.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            page.append(' ').append(attribute).append("=\"");
            escape(value, page);
            page.append('"');
        });
        page.append('>');
        if (!EMPTY.contains(name)) {
            for (Object part : parts) {
                if (part instanceof Tag tag) {
                    tag.write(page);
                } else {
                    escape(String.valueOf(part), page);
                }
            }
            page.append("</").append(name).append('>');
        }
    }

    private static void escape(String text, StringBuilder page) {
        String shown = PlainText.printableLines(text).replace(" %", "\u00a0%"); // stay on one line
        for (int i = 0; i < shown.length(); i++) {
            char letter = shown.charAt(i);
            switch (letter) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(letter);
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }
}
