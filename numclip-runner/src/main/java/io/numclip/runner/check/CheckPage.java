package io.numclip.runner.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.numclip.data.Invocation;
import io.numclip.data.LabelScale;
import io.numclip.host.check.ListCheck;
import io.numclip.host.check.Suspect;
import io.numclip.host.message.PlainText;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The suspects with their pictures, worst first. Where the list is known, labels can be mended with keys, and the whole list saved.
 *
 * @param list as the user named it
 */
record CheckPage(String list, ListCheck found, LabelScale scale, Optional<CorrectedList> corrected) {

    private static final String KEYS =
            "Keys: a number and Enter mends the label, F says that it is fine, the arrows up and down go on"
                    + " and back, Escape takes a change back. Nothing leaves this page before you save it.";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    String html(TestImages pictures) {
        Page page = new Page("What may be wrong in " + list, "check of a list")
                .lead(Tag.styled(
                        "p",
                        "lead",
                        found.suspects().size() + " doubts about "
                                + PlainText.counted(found.images().size(), "image")
                                + ", the surest kind first, and of each kind the worst."));
        corrected.ifPresent(known -> page.lead(mending(known)).script(script()));
        for (Suspect.Kind kind : Suspect.Kind.values()) {
            List<Suspect> some = found.suspects().stream()
                    .filter(suspect -> suspect.kind() == kind)
                    .toList();
            if (!some.isEmpty()) {
                Tag list = Tag.styled("ul", "pictures");
                some.forEach(suspect -> list.add(item(suspect, pictures)));
                page.section(some.size() + " " + kind.words(), list);
            }
        }
        return page.html();
    }

    private static Tag mending(CorrectedList known) {
        Tag buttons = Tag.of("p", button("save", "Save the list"), " ", button("show", "Show it, to copy"), " ")
                .add(Tag.of("span", "").set("id", "state").set("role", "status"));
        String root = Invocation.argument(known.root());
        Tag use = Tag.of(
                "p",
                "Image paths in it are relative to the same folder: ",
                Tag.of("code", Invocation.NAME + " init --csv corrected.csv --root " + root),
                ", or train a task that there is with ",
                Tag.of(
                        "code",
                        "--set task.data.format=csv --set task.data.file=corrected.csv --set task.data.root=" + root));
        Tag copy = Tag.of("textarea")
                .set("id", "copy")
                .set("aria-label", "The list")
                .set("hidden", "")
                .set("readonly", "");
        Tag data = Tag.of("pre", json(known)).set("id", "list").set("hidden", "");
        return Tag.styled("div", "mending", Tag.of("p", KEYS), buttons, use, copy.set("rows", 10), data);
    }

    private static Tag button(String id, String text) {
        return Tag.of("button", text).set("type", "button").set("id", id);
    }

    /** Without what a page would show in another way. */
    private static String json(CorrectedList known) {
        try {
            return JSON.writeValueAsString(Map.of("columns", known.columns(), "rows", known.rows()))
                    .replace("%", "\\u0025");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    private Tag item(Suspect suspect, TestImages pictures) {
        String label = PlainText.number(suspect.image().label(), scale);
        String name = suspect.image().name();
        Double likeliest = suspect.likeliest();
        Tag caption = Tag.of(
                "figcaption",
                Tag.of("b", label),
                likeliest == null ? "" : ", likeliest " + PlainText.number(likeliest, scale),
                Tag.of("small", suspect.reason()),
                Tag.of("small", name));
        Tag picture = pictures.picture(name)
                .map(source -> Tag.of("img").set("src", source).set("alt", "Image with the label " + label))
                .orElseGet(() -> Tag.styled("div", "missing", "The picture cannot be shown."));
        Tag item = Tag.of("li", Tag.of("figure", picture, caption));
        int row = row(suspect);
        return corrected.isEmpty()
                ? item
                : item.set("data-row", row)
                        .add(Tag.of("input")
                                .set("inputmode", "decimal")
                                .set("placeholder", label)
                                .set("aria-label", "The right number of " + name));
    }

    private int row(Suspect suspect) {
        for (int row = 0; row < found.images().size(); row++) {
            if (found.images().get(row).image().equals(suspect.image())
                    && found.images().get(row).split() == suspect.split()) {
                return row;
            }
        }
        throw new IllegalArgumentException(suspect.image().name() + " is not of the list");
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(CheckPage.class.getResourceAsStream("check.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("the script of the page cannot be read", failure);
        }
    }
}
