package io.numclip.runner.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.data.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model of the hub.
 *
 * @param name on the hub
 * @param architecture what OpenCLIP calls its sizes
 * @param pixels side of its images
 * @param parameters of both towers
 * @param float32 what an image costs; null if that was not measured
 * @param bfloat16 likewise
 * @param licence an SPDX identifier; empty if it could not be confirmed
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
        String licence,
        String licenceSource) {

    private static final String RESOURCE = "models.csv";

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
        InputStream resource = Objects.requireNonNull(ListedModel.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .ofNamedCsvRecord(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return rows.stream().map(ListedModel::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static ListedModel of(NamedCsvRecord row) {
        return new ListedModel(
                row.getField("name"),
                row.getField("family"),
                row.getField("architecture"),
                Integer.parseInt(row.getField("pixels")),
                Long.parseLong(row.getField("parameters")),
                cost(row, "32"),
                cost(row, "16"),
                row.getField("licence"),
                row.getField("source"));
    }

    private static @Nullable Cost cost(NamedCsvRecord row, String bits) {
        String alone = row.getField("alone" + bits);
        return alone.isEmpty()
                ? null
                : new Cost(
                        Integer.parseInt(alone),
                        Integer.parseInt(row.getField("batched" + bits)),
                        Double.parseDouble(row.getField("memory" + bits)));
    }
}
