package io.numclip.runner.pull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Invocation;
import io.numclip.runner.report.Table;
import io.numclip.runner.report.TextLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A model of the hub that this program opens; only those are listed that have weights as safetensors. Licences were looked
 * up on 2026-11-27.
 *
 * @param name on the hub
 * @param architecture what OpenCLIP calls its sizes
 * @param pixels side of its images
 * @param parameters of both towers
 * @param float32 what an image costs; null if that was not measured
 * @param bfloat16 likewise
 * @param licence an SPDX identifier; null if it could not be confirmed
 * @param licenceSource where it was confirmed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ListedModel(
        String name,
        String family,
        String architecture,
        int pixels,
        long parameters,
        @Nullable Cost float32,
        @Nullable Cost bfloat16,
        @Nullable String licence,
        @Nullable String licenceSource) {

    private static final String RESOURCE = "models.json";
    private static final String NOT_MEASURED = "–";
    private static final String CARD = "see its card";
    private static final List<String> NOTES = List.of(
            "params: of both towers. ms: an image alone; GB: the whole process, with the image tower, in float32 / bfloat16. Measured"
                    + " on 2026-11-26 with random weights of the same shapes, on two idle cores of an AMD EPYC with bfloat16"
                    + " instructions; – was not measured. The weights of these models were not run here.",
            "Licences were looked up on 2026-11-27, not all could be confirmed, and they may have changed: the model card on the hub"
                    + " counts.",
            "To fetch one: numclip pull hf:timm/vit_base_patch32_clip_224.openai clip/. Other models of these families open as"
                    + " well: docs/models.md.");

    /**
     * What predicting with an image tower of this shape costs.
     *
     * @param milliseconds for an image alone
     * @param millisecondsOf16 for one of 16
     * @param gigabytes the most memory that the process had
     */
    record Cost(int milliseconds, int millisecondsOf16, double gigabytes) {}

    /** How it is fetched. */
    @JsonProperty
    String command() {
        return Invocation.NAME + " pull hf:" + name + " " + name.substring(name.indexOf('/') + 1) + "/";
    }

    /** All that are listed, family by family. */
    static List<ListedModel> all() {
        try (InputStream resource = Objects.requireNonNull(ListedModel.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return List.of(new ObjectMapper().readValue(resource, ListedModel[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /** The models as a table. */
    static String table(List<ListedModel> models) {
        List<List<String>> rows = new ArrayList<>();
        String family = "";
        for (ListedModel model : models) {
            if (!model.family().equals(family)) {
                family = model.family();
                rows.add(List.of(family, "", "", "", "", ""));
            }
            rows.add(row(model));
        }
        StringBuilder text =
                new StringBuilder(new Table(List.of("", "pixels", "params", "ms", "GB", "licence"), rows).text());
        NOTES.forEach(
                note -> text.append('\n').append(TextLines.paragraph(note)).append('\n'));
        return text.toString();
    }

    private static List<String> row(ListedModel model) {
        return List.of(
                model.name(),
                String.valueOf(model.pixels()),
                String.format(Locale.ROOT, "%,d M", Math.round(model.parameters() / 1e6)),
                both(model, "%.0f", Cost::milliseconds),
                both(model, "%.1f", Cost::gigabytes),
                Objects.requireNonNullElse(model.licence(), CARD));
    }

    private static String both(ListedModel model, String pattern, ToDoubleFunction<Cost> figure) {
        return one(model.float32(), pattern, figure) + " / " + one(model.bfloat16(), pattern, figure);
    }

    private static String one(@Nullable Cost cost, String pattern, ToDoubleFunction<Cost> figure) {
        return cost == null ? NOT_MEASURED : String.format(Locale.ROOT, pattern, figure.applyAsDouble(cost));
    }
}
