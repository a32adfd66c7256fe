package io.numclip.runner.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A line of links to what lies beside the page. */
public final class Links {

    private Links() {}

    /**
     * @param before what they are
     * @param names as they are shown, and where they lead
     * @param rest of each address; may be empty
     */
    public static Tag of(String before, List<String> names, String rest) {
        Tag line = Tag.of("p").add(before);
        for (int i = 0; i < names.size(); i++) {
            line.add(i == 0 ? "" : ", ").add(to(names.get(i), names.get(i), rest));
        }
        return line.add(".");
    }

    /**
     * @param name of a file or folder beside the page, whatever letters it has
     * @param rest of the address; may be empty
     */
    public static Tag to(String text, String name, String rest) {
        String address = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + rest;
        return Tag.of("a", text).set("href", address);
    }
}
