package io.numclip.host.scale;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.LabeledImage;
import io.numclip.host.files.CsvFile;
import io.numclip.uncertainty.ExactNumber;
import io.numclip.yardstick.Compared;
import java.io.IOException;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What training takes: a list with the columns {@code image}, {@code value}, {@code split}, {@code from} ({@code people} or
 * {@code comparisons}), the comparisons themselves ({@link LabeledImage#MORE_THAN}, {@link LabeledImage#EQUAL_TO}), and what the list
 * of the numbers says besides.
 */
public final class ScaledList {

    /** The column that says whether a number was given by people or follows from comparisons. */
    public static final String FROM = "from";

    /** What it says of the latter. */
    public static final String COMPARISONS = "comparisons";

    private static final MathContext DIGITS = new MathContext(6);

    private final Scaled scaled;

    private ScaledList(Scaled scaled) {
        this.scaled = scaled;
    }

    public static void write(Path list, Scaled scaled) throws IOException {
        CsvFile.write(list, new ScaledList(scaled)::write);
    }

    private void write(CsvWriter csv) {
        Set<String> further = new LinkedHashSet<>();
        scaled.given()
                .images()
                .forEach(image -> further.addAll(image.attributes().keySet()));
        List<String> header = new ArrayList<>(
                List.of("image", "value", "split", FROM, LabeledImage.MORE_THAN, LabeledImage.EQUAL_TO));
        further.removeAll(header);
        header.addAll(further);
        csv.writeRecord(header);
        for (int i = 0; i < scaled.values().length; i++) {
            csv.writeRecord(row(i, further));
        }
    }

    private List<String> row(int place, Set<String> further) {
        LabeledImage image = scaled.given().images().get(place);
        List<String> row = new ArrayList<>(List.of(
                image.name(),
                ExactNumber.text(scaled.values()[place], DIGITS),
                scaled.sides()[place].toString(),
                scaled.given().hasNumber().get(place) ? "people" : COMPARISONS,
                said(place, 1),
                said(place, Compared.EQUAL)));
        further.forEach(name -> row.add(image.attribute(name)));
        return row;
    }

    private String said(int place, double share) {
        return scaled.given().compared().stream()
                .filter(pair -> pair.image() == place && pair.share() == share)
                .map(pair -> scaled.given().images().get(pair.other()).name())
                .collect(Collectors.joining(LabeledImage.BETWEEN_NAMES));
    }
}
