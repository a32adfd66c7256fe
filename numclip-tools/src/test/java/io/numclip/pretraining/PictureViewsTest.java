package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureViewsTest {

    private static final int SIDE = 32;
    private static final int COUNT = 400;

    @TempDir
    Path folder;

    private CaptionedPicture ball;

    /** A black ball on nothing. */
    @BeforeEach
    void drawPicture() throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.BLACK);
        graphics.fillOval(8, 8, 24, 24);
        graphics.dispose();
        Path file = folder.resolve("ball.png");
        ImageIO.write(image, "png", file.toFile());
        ball = new CaptionedPicture("ball.png", file, List.of("ball", "a round thing", "a black ball"));
    }

    private static String caption(LabeledImage view) {
        return String.valueOf(view.attributes().get(LabeledImage.CAPTION));
    }

    private static int[] pixels(LabeledImage view) throws IOException {
        return view.source().read().getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
    }

    @Test
    void aPlaceGivesTheSameViewEachTime() throws IOException {
        for (int i = 0; i < 20; i++) {
            LabeledImage one = new PictureViews(List.of(ball), COUNT, SIDE, 5).get(i);
            LabeledImage again = new PictureViews(List.of(ball), COUNT, SIDE, 5).get(i);
            assertThat(pixels(one)).isEqualTo(pixels(again));
            assertThat(caption(one)).isEqualTo(caption(again));
        }
    }

    @Test
    void otherPlacesAndOtherSeedsGiveOthers() throws IOException {
        Set<Integer> different = new HashSet<>();
        for (long seed = 0; seed < 2; seed++) {
            for (LabeledImage view : new PictureViews(List.of(ball), 50, SIDE, seed)) {
                different.add(Arrays.hashCode(pixels(view)));
            }
        }
        assertThat(different).hasSize(100);
    }

    @Test
    void eachCaptionIsTakenAboutEquallyOften() {
        List<LabeledImage> views = new PictureViews(List.of(ball), COUNT, SIDE, 1);
        for (String caption : ball.captions()) {
            assertThat(views.stream().filter(view -> caption(view).equals(caption)))
                    .hasSizeBetween(COUNT / 4, COUNT / 2);
        }
    }

    @Test
    void allPicturesAreSeenEquallyOften() {
        CaptionedPicture other = new CaptionedPicture("other.png", folder, List.of("other"));
        List<LabeledImage> views = new PictureViews(List.of(ball, other), COUNT, SIDE, 1);
        assertThat(views.stream().filter(view -> view.name().equals("other.png")))
                .hasSize(COUNT / 2);
    }

    /** Black on black would teach that a caption means nothing. */
    @Test
    void aFormInOneColourCanBeToldFromItsBackground() throws IOException {
        int seen = 0;
        for (LabeledImage view : new PictureViews(List.of(ball), COUNT, SIDE, 1)) {
            int[] brightness = IntStream.of(pixels(view))
                    .map(pixel -> (pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff))
                    .sorted()
                    .toArray();
            seen += brightness[brightness.length - 20] - brightness[20] > 60 ? 1 : 0;
        }
        assertThat(seen).isGreaterThan(COUNT * 95 / 100);
    }

    @Test
    void onlyAPictureWhoseWordsNameNoSideIsMirrored() {
        assertThat(ball.canBeMirrored()).isTrue();
        for (String caption : List.of(
                "left arrow", "person facing right", "digit seven", "Latin capital letter R", "question mark")) {
            assertThat(new CaptionedPicture("a", folder, List.of("picture", caption)).canBeMirrored())
                    .as(caption)
                    .isFalse();
        }
        assertThat(new CaptionedPicture("a", folder, List.of("bright star")).canBeMirrored())
                .isTrue();
    }

    /** The brighter half of a picture is on its other side in half of the views; never in one that is not mirrored. */
    @Test
    void halfOfTheViewsAreMirrored() throws IOException {
        BufferedImage halves = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 20; i++) {
            halves.setRGB(i / 40, i % 40, 0x00ff00);
            halves.setRGB(20 + i / 40, i % 40, 0xff0000);
        }
        Path file = folder.resolve("halves.png");
        ImageIO.write(halves, "png", file.toFile());
        assertThat(greenOnTheLeft(new CaptionedPicture("h", file, List.of("halves"))))
                .isBetween(COUNT * 4 / 10, COUNT * 6 / 10);
        assertThat(greenOnTheLeft(new CaptionedPicture("h", file, List.of("green on the left"))))
                .isGreaterThan(COUNT * 8 / 10);
    }

    private static int greenOnTheLeft(CaptionedPicture picture) throws IOException {
        int count = 0;
        for (LabeledImage view : new PictureViews(List.of(picture), COUNT, SIDE, 3)) {
            int[] pixels = pixels(view);
            long balance = 0; // how much greener the left half is than the right one
            for (int i = 0; i < pixels.length; i++) {
                int green = (pixels[i] >> 8 & 0xff) - (pixels[i] >> 16 & 0xff);
                balance += i % SIDE < SIDE / 2 ? green : -green;
            }
            count += balance > 0 ? 1 : 0;
        }
        return count;
    }
}
