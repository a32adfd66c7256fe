package io.numclip.host.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.label.Answer.Said;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks with annotations, as <a href="https://labelstud.io/guide/export">Label Studio</a> exports and imports them: numbers from
 * {@code Number}, {@code Rating} and {@code Choices} whose choice is a word of the scale; comparisons from {@code Pairwise}, which knows
 * no pair of equals.
 */
public final class LabelStudio {

    /**
     * The address at which Label Studio serves files of its machine; the name behind it is relative to the root of the
     * file system.
     */
    private static final String LOCAL_FILES = "/data/local-files/?d=";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMAGE = "image";
    private static final String OTHER = "other";

    private LabelStudio() {}

    /** @param passed annotations without a number of the scale, or about no image of the folder */
    public record Taken(int taken, int passed) {}

    public static String address(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        String separator = whole.getFileSystem().getSeparator();
        String name = whole.getRoot().relativize(whole).toString().replace(separator, "/");
        return LOCAL_FILES
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }

    /** Writes a task for each image with a number, and one for each pair of which one is more. */
    public static void write(Path tasks, Path folder, AnswerFile file) throws IOException {
        Answers answers = Answers.of(file.answers());
        ArrayNode all = JSON.createArrayNode();
        answers.ofImages().values().forEach(said -> {
            List<Answer> numbers = said.values().stream()
                    .filter(answer -> answer.value() != null)
                    .toList();
            if (!numbers.isEmpty()) {
                ArrayNode annotations = task(all, folder, numbers.get(0));
                numbers.forEach(answer -> result(annotations, "number", IMAGE).put("number", answer.value()));
            }
        });
        answers.comparisons().stream()
                .filter(answer -> answer.said() == Said.IMAGE || answer.said() == Said.OTHER)
                .forEach(answer -> result(task(all, folder, answer), "pairwise", IMAGE + "," + OTHER)
                        .put("selected", answer.said() == Said.IMAGE ? "left" : "right"));
        AtomicFile.write(tasks, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    private static ArrayNode task(ArrayNode all, Path folder, Answer answer) {
        ObjectNode task = all.addObject();
        ObjectNode data = task.putObject("data");
        data.put(IMAGE, address(folder.resolve(answer.image())));
        String other = answer.other();
        if (other != null) {
            data.put(OTHER, address(folder.resolve(other)));
        }
        return task.putArray("annotations");
    }

    private static ObjectNode result(ArrayNode annotations, String type, String object) {
        ObjectNode result = annotations.addObject().putArray("result").addObject();
        result.put("from_name", type).put("to_name", object).put("type", type);
        return result.putObject("value");
    }

    /**
     * Takes answers that are not there yet.
     *
     * @param images their names below the folder
     * @throws NumClipException if it is no list of tasks
     */
    public static Taken read(Path tasks, AnswerFile file, Set<String> images, AskedScale scale) throws IOException {
        JsonNode all = parse(tasks);
        List<Answer> found = new ArrayList<>();
        int passed = 0;
        for (JsonNode task : all) {
            for (JsonNode annotation : task.path("annotations")) {
                for (JsonNode result : annotation.path("result")) {
                    Optional<Answer> answer = answer(task, annotation, result, images, scale);
                    answer.ifPresent(found::add);
                    passed += answer.isPresent() ? 0 : 1;
                }
            }
        }
        int taken = 0;
        for (Answer answer : found) {
            boolean known = Answers.of(file.answers()).counting().stream().anyMatch(each -> isSame(each, answer));
            if (!known) {
                file.append(numbered(answer, file.answers().size() + 1));
                taken++;
            }
        }
        return new Taken(taken, passed);
    }

    private static JsonNode parse(Path tasks) throws IOException {
        JsonNode all = JSON.readTree(RegularFile.read(tasks));
        if (!all.isArray()) {
            throw new NumClipException(
                    Kind.DATA, tasks + ": expected a list of tasks", "export the project of Label Studio as JSON");
        }
        return all;
    }

    private static boolean isSame(Answer known, Answer answer) {
        return numbered(known, 0).equals(numbered(answer, 0));
    }

    /** Without what only answers on the page have. */
    private static Answer numbered(Answer answer, int id) {
        String at = id == 0 ? "" : answer.at();
        return new Answer(id, answer.by(), at, answer.image(), answer.other(), answer.said(), answer.value(), null);
    }

    private static Optional<Answer> answer(
            JsonNode task, JsonNode annotation, JsonNode result, Set<String> images, AskedScale scale) {
        List<String> named = new ArrayList<>();
        task.path("data").forEach(value -> image(value.asText(), images).ifPresent(named::add));
        boolean pair = result.path("type").asText().equals("pairwise");
        if (named.size() < (pair ? 2 : 1)) {
            return Optional.empty();
        }
        JsonNode value = result.path("value");
        Double number = pair ? null : number(value, scale);
        Said said = pair ? selected(value) : number == null ? null : Said.VALUE;
        return Optional.ofNullable(said)
                .map(each -> new Answer(
                        0,
                        person(annotation.path("completed_by")),
                        annotation.path("created_at").asText(),
                        named.get(0),
                        pair ? named.get(1) : null,
                        each,
                        number,
                        null));
    }

    private static @Nullable Said selected(JsonNode value) {
        String selected = value.path("selected").asText();
        return selected.equals("left") ? Said.IMAGE : selected.equals("right") ? Said.OTHER : null;
    }

    private static @Nullable Double number(JsonNode value, AskedScale scale) {
        String chosen = value.path("choices").path(0).asText();
        JsonNode stated = value.path("number").isNumber() ? value.path("number") : value.path("rating");
        Double number = stated.isNumber()
                ? Double.valueOf(stated.asDouble())
                : scale.concepts().stream()
                        .filter(concept -> concept.text().equals(chosen))
                        .map(AskedScale.Concept::at)
                        .findFirst()
                        .orElse(null);
        return number == null || scale.numbers().problem(number).isPresent() ? null : number;
    }

    private static String person(JsonNode by) {
        String email = by.path("email").asText();
        return !email.isEmpty() ? email : by.isValueNode() && !by.isNull() ? "annotator " + by.asText() : "annotator";
    }

    /** The image whose name an address ends with; uploaded ones have eight digits before it. */
    private static Optional<String> image(String address, Set<String> images) {
        String path = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8)
                .replaceFirst("^.*\\?d=", "");
        for (String rest = path; !rest.isEmpty(); rest = rest.substring(rest.indexOf('/') + 1)) {
            String uploaded = rest.replaceFirst("^[0-9a-f]{8}-", "");
            for (String name : List.of(rest, uploaded)) {
                if (images.contains(name)) {
                    return Optional.of(name);
                }
            }
            if (rest.indexOf('/') < 0) {
                break;
            }
        }
        return Optional.empty();
    }
}
