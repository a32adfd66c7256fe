package io.numclip.runner.page;

import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A page that needs nothing beside it: no other file, and a browser that is told to load none, and to run no script but that of the
 * page, if it has one.
 */
public final class Page {

    private static final String MAKER = "NumCLIP";
    private static final int WITH_ITS_KIND = 1 << 16; // bytes: the style sheet is before it
    private static final String ALLOWED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final String title;
    private final Tag head;
    private final List<Tag> sections = new ArrayList<>();
    private String script = "";

    /**
     * @param title the heading
     * @param kind what sort of page it is, in a few words
     */
    public Page(String title, String kind) {
        this.title = title;
        this.head = Tag.of("header", Tag.styled("p", "kind", MAKER + ", " + kind), Tag.of("h1", title));
    }

    /** Whether there is such a page in a file, whichever version has drawn it. */
    public static boolean isOne(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(WITH_ITS_KIND), StandardCharsets.UTF_8)
                    .contains("<p class=\"kind\">" + MAKER);
        }
    }

    /** What stands under the heading, before the sections. */
    public Page lead(Object... parts) {
        head.add(parts);
        return this;
    }

    /** Adds a section; one without content is left out. */
    public Page section(String heading, Object... content) {
        boolean empty = Stream.of(content).allMatch(part -> part instanceof List<?> list && list.isEmpty());
        if (!empty) {
            sections.add(Tag.of("section", Tag.of("h2", heading)).add(content));
        }
        return this;
    }

    /** Lets the page do something, at its end. */
    public Page script(String javaScript) {
        script = javaScript;
        return this;
    }

    public String html() {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n");
        Tag.of("meta").set("charset", "utf-8").write(page);
        meta("viewport", "width=device-width, initial-scale=1").write(page);
        meta("color-scheme", "light dark").write(page);
        Tag.of("meta")
                .set("http-equiv", "Content-Security-Policy")
                .set("content", ALLOWED + (script.isEmpty() ? "" : "; script-src 'sha256-" + digest(script) + "'"))
                .write(page);
        Tag.of("link").set("rel", "icon").set("href", "data:,").write(page);
        Tag.of("title", title).write(page);
        page.append("\n<style>\n").append(style()).append("</style>\n</head>\n<body>\n");
        head.write(page);
        page.append('\n');
        Tag.of("main", sections).write(page);
        if (!script.isEmpty()) {
            page.append("\n<script>").append(script).append("</script>");
        }
        return page.append("\n</body>\n</html>\n").toString();
    }

    /** By which the browser knows the script. */
    private static String digest(String text) {
        byte[] bytes =
                new Fingerprint().add(text.getBytes(StandardCharsets.UTF_8)).digest();
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Tag meta(String name, String content) {
        return Tag.of("meta").set("name", name).set("content", content);
    }

    private static String style() {
        try (InputStream style = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("the style sheet of the pages cannot be read", failure);
        }
    }
}
