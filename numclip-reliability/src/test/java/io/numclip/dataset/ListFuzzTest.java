package io.numclip.dataset;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.data.LabelScale;
import io.numclip.data.Split;
import io.numclip.reliability.HostileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lists of images that nobody vouches for. */
class ListFuzzTest {

    private static final HostileInput INPUT = new HostileInput();
    private static final LabelScale SCALE = new LabelScale(0, 100, "years");

    @FuzzTest
    void csv(byte[] content) throws IOException {
        Path folder = INPUT.empty("list");
        Files.write(folder.resolve("a.png"), new byte[] {1});
        Path file = Files.write(folder.resolve("labels.csv"), content);
        TaskData data = new TaskData(
                "csv",
                "",
                folder.toString(),
                file.toString(),
                "image",
                "value",
                0.2,
                0.2,
                1,
                new TaskData.Samples(1, 1, 1));
        INPUT.read(() -> {
            ImageListing listing = new CsvLayout().read(data, SCALE);
            for (Split split : Split.values()) {
                listing.images(split);
            }
        });
    }

    @FuzzTest
    void json(byte[] content) {
        Path file = INPUT.file("list.json", content);
        INPUT.read(() -> JsonReader.read(file));
    }
}
