package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.Golden;
import io.numclip.host.TestingCatalog;
import io.numclip.host.plugin.Component;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resource has what the documentation of the records says; {@code -Dgolden.write=true} writes it anew. */
class SettingTextsTest {

    private static final Pattern PARAMETER = Pattern.compile("(?s)@param (\\w+)\\s+(.*?)(?=\\s@\\w+\\s|$)");

    @TempDir
    static Path empty;

    @Test
    void theTextsAreThoseOfTheSources() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Class<?> type : settings()) {
            for (Map.Entry<String, String> text : documented(type).entrySet()) {
                texts.put(type.getName() + "." + text.getKey(), text.getValue());
            }
        }
        String resource = texts.entrySet().stream()
                .map(text -> text.getKey() + "=" + text.getValue())
                .collect(Collectors.joining("\n"));
        Golden.assertEqualsFile("../../main/resources/" + SettingTexts.RESOURCE, resource);
    }

    @Test
    void theTextOfASettingIsFound() {
        RecordComponent model = ExperimentConfig.Backbone.class.getRecordComponents()[0];
        assertThat(SettingTexts.load().of(model))
                .hasValue(
                        "embedded, embedded-1.0 (that of version 1.0.0), pixels, small-network, or a Hugging Face CLIP directory");
    }

    /** All records that a configuration can fill. */
    private static Set<Class<?>> settings() {
        Set<Class<?>> found = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
        collect(ExperimentConfig.class, found);
        for (Component component : TestingCatalog.create(empty).components()) {
            if (component.origin().equals(Component.BUILT_IN)) {
                collect(component.factory().defaults().getClass(), found);
            }
        }
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            List.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> raw && raw.isRecord() && found.add(raw)) {
            for (RecordComponent part : raw.getRecordComponents()) {
                collect(part.getGenericType(), found);
            }
        }
    }

    private static Map<String, String> documented(Class<?> type) throws IOException {
        String comment = comment(Files.readString(source(type)), type.getSimpleName());
        Map<String, String> texts = new TreeMap<>();
        Matcher parameter = PARAMETER.matcher(comment);
        while (parameter.find()) {
            texts.put(parameter.group(1), plain(parameter.group(2)));
        }
        return texts;
    }

    /** The comment before a record, without its stars; empty if it has none. */
    private static String comment(String source, String record) {
        Matcher found = Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*"
                        + "(?:(?:public|private|static) )*record " + record + "\\(")
                .matcher(source);
        return found.find() ? found.group(1).replaceAll("\\s*\\n\\s*\\*\\s?", " ") : "";
    }

    private static String plain(String text) {
        return text.replaceAll("\\{@\\w+ (?:#|\\w+#)?([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static Path source(Class<?> type) {
        String file = type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
        List<Path> places = new ArrayList<>();
        for (String module : List.of("numclip-host", "numclip-core", "numclip-clip", "numclip-base")) {
            places.add(Path.of("..", module, "src/main/java", file));
        }
        Optional<Path> found =
                places.stream().filter((Predicate<Path>) Files::exists).findFirst();
        return found.orElseThrow(() -> new IllegalStateException("no source of " + type));
    }
}
