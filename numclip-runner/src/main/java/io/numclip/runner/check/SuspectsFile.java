package io.numclip.runner.check;

import io.numclip.host.check.Suspect;
import io.numclip.host.files.CsvFile;
import io.numclip.host.message.PlainText;
import io.numclip.uncertainty.ExactNumber;
import java.io.IOException;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The suspects as a table, worst first. */
final class SuspectsFile {

    private SuspectsFile() {}

    static void write(Path file, List<Suspect> suspects) throws IOException {
        CsvFile.write(file, csv -> {
            csv.writeRecord("image", "split", "label", "predicted", "what", "score", "reason");
            for (Suspect suspect : suspects) {
                Double likeliest = suspect.likeliest();
                csv.writeRecord(
                        PlainText.cell(suspect.image().name()),
                        suspect.split().toString(),
                        ExactNumber.text(suspect.image().label()),
                        likeliest == null ? "" : ExactNumber.text(likeliest, MathContext.DECIMAL32),
                        suspect.kind().toString(),
                        String.format(Locale.ROOT, "%.4f", suspect.score()),
                        PlainText.cell(suspect.reason()));
            }
        });
    }
}
