package io.numclip.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.data.RgbRows;
import io.numclip.reliability.HostileInput;

/** Images that nobody vouches for. */
class ImageFuzzTest {

    /** The largest image that is allowed takes 0.2 s, and was seen to take 4 s while it was fuzzed on a busy machine. */
    private static final double SECONDS = 10;

    private static final HostileInput INPUT = new HostileInput(SECONDS);

    @FuzzTest
    void image(byte[] content) {
        INPUT.read(() -> {
            RgbRows rows = ImageDecoder.rows(content, "image");
            int[] red = new int[rows.width()];
            int[] green = new int[rows.width()];
            int[] blue = new int[rows.width()];
            for (int y = 0; y < rows.height(); y++) {
                rows.read(0, y, rows.width(), red, green, blue);
            }
        });
    }
}
