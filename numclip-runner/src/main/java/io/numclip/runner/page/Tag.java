package io.numclip.runner.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An element with its attributes and what it holds. Names are ours; values and texts may be anybody's. */
public final class Tag implements Markup {

    private static final Set<String> EMPTY = Set.of("img", "meta", "link");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Markup> parts = new ArrayList<>();

    private Tag(String name) {
        this.name = name;
    }

    public static Tag of(String name) {
        return new Tag(name);
    }

    /** An element with a text. */
    public static Tag of(String name, String text) {
        return new Tag(name).add(text);
    }

    /** An element of a class of the style sheet. */
    public static Tag styled(String name, String style) {
        return new Tag(name).set("class", style);
    }

    public Tag set(String attribute, Object value) {
        attributes.put(attribute, String.valueOf(value));
        return this;
    }

    public Tag add(String text) {
        parts.add(new Text(text));
        return this;
    }

    public Tag add(Markup... more) {
        parts.addAll(List.of(more));
        return this;
    }

    public Tag add(List<? extends Markup> more) {
        parts.addAll(more);
        return this;
    }

    @Override
    public void write(StringBuilder page) {
        page.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            page.append(' ').append(attribute).append("=\"");
            new Text(value).write(page);
            page.append('"');
        });
        page.append('>');
        if (!EMPTY.contains(name)) {
            parts.forEach(part -> part.write(page));
            page.append("</").append(name).append('>');
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }
}
