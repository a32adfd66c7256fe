package io.numclip.embedding;

import static io.numclip.data.RefusalAssert.assertRefused;
import static io.numclip.golden.GoldenFigures.floats;
import static io.numclip.golden.GoldenFigures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.data.NumClipException.Kind;
import io.numclip.embedding.ClipEmbeddings.Embedded;
import io.numclip.embedding.ClipEmbeddings.TextEmbedding;
import io.numclip.golden.GoldenFigures;
import io.numclip.image.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipEmbeddingsTest {

    /** Two are of the same length. */
    private static final List<String> TEXTS =
            List.of("a photo of a child", "one apple", "a photo of a city", "two apples");

    @TempDir
    Path temporary;

    @Test
    void aDirectoryBecomesVectorsInThreeLines() throws IOException {
        try (ClipEmbeddings clip = ClipEmbeddings.open(GoldenFigures.CLIP)) {
            List<TextEmbedding> texts = clip.texts(TEXTS);
            List<Embedded> images = clip.images(files());

            assertThat(texts).extracting(TextEmbedding::text).isEqualTo(TEXTS);
            assertThat(texts).allSatisfy(text -> assertThat(text.embedding()).hasSize(clip.dimension()));
            assertThat(images)
                    .hasSize(9)
                    .allSatisfy(image -> assertThat(image.features()).hasSize(clip.dimension()));
        }
    }

    @Test
    void vectorsAreThoseOfTransformers() throws IOException {
        JsonNode parity = GoldenFigures.read("clip-parity.json");
        try (ClipEmbeddings clip = open()) {
            for (JsonNode image : parity.get("images")) {
                Path file = GoldenFigures.FOLDER.resolve(image.get("file").asText());
                assertThat(clip.images(List.of(file)).get(0).features())
                        .containsExactly(floats(image.get("embedding")), within(2e-3)); // decoders of JPEG round
            }
            for (JsonNode text : parity.get("texts")) {
                TextEmbedding embedded =
                        clip.texts(List.of(text.get("text").asText())).get(0);
                assertThat(embedded.ids()).isEqualTo(GoldenFigures.longs(text.get("input_ids")));
                assertThat(embedded.embedding()).containsExactly(floats(text.get("embedding")), within(1e-5));
            }
        }
    }

    @Test
    void neitherCompanyNorThreadsChangeANumber() throws Exception {
        try (ClipEmbeddings clip = open()) {
            List<float[]> alone = new ArrayList<>();
            for (Path file : files()) {
                alone.add(clip.images(List.of(file)).get(0).features());
            }
            TEXTS.forEach(text -> alone.add(clip.texts(List.of(text)).get(0).embedding()));

            ExecutorService threads = Executors.newFixedThreadPool(3);
            List<Future<List<float[]>>> together = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                together.add(threads.submit(() -> vectors(clip)));
            }
            for (Future<List<float[]>> found : together) {
                assertThat(found.get().toArray(float[][]::new)).isDeepEqualTo(alone.toArray(float[][]::new));
            }
            threads.shutdown();
        }
    }

    @Test
    void anImageThatCannotBeReadSaysWhyInItsPlace() throws IOException {
        Path broken = Files.writeString(temporary.resolve("broken.png"), "no picture");
        try (ClipEmbeddings clip = open()) {
            List<Embedded> found = clip.images(List.of(files().get(0), broken, files().get(1)));
            assertThat(found.get(1).features()).isNull();
            assertThat(found.get(1).problem()).contains("not JPEG");
            assertThat(found.get(2).features())
                    .isEqualTo(clip.images(List.of(files().get(1))).get(0).features());
        }
    }

    @Test
    void closingWaitsForTheCallsThatRun() throws Exception {
        ClipEmbeddings clip = open();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> slowly(clip, begun, goOn));
        begun.await();
        Thread closing = new Thread(clip::close);
        closing.start();
        while (closing.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        assertThat(closing.getState()).isEqualTo(Thread.State.WAITING);
        goOn.countDown();

        assertThat(running.get()).isEqualTo(files().size());
        closing.join();
        assertThatIllegalStateException().isThrownBy(() -> clip.texts(TEXTS)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> clip.images(files())).withMessageContaining("closed");
        clip.close();
    }

    @Test
    void aModelWithoutWordsIsOpenedForImages() throws IOException {
        assertRefused(
                        Kind.CONFIGURATION,
                        () -> ClipEmbeddings.open(ShippedModel.PIXELS, "cpu", Precision.FP32, Background.NONE))
                .hasMessageContaining("reads no texts");
        try (ClipEmbeddings clip =
                ClipEmbeddings.openForImages(ShippedModel.PIXELS, "cpu", Precision.FP32, Background.NONE)) {
            assertThat(clip.images(files())).extracting(Embedded::problem).containsOnlyNulls();
            assertThat(clip.texts(List.of())).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(() -> clip.texts(TEXTS))
                    .withMessageContaining("opened for images");
        }
    }

    private static ClipEmbeddings open() throws IOException {
        return ClipEmbeddings.open(GoldenFigures.CLIP.toString(), "cpu", Precision.FP32, Background.NONE);
    }

    private static List<Path> files() throws IOException {
        JsonNode images = GoldenFigures.read("clip-parity.json").get("images");
        return StreamSupport.stream(images.spliterator(), false)
                .map(image -> GoldenFigures.FOLDER.resolve(image.get("file").asText()))
                .toList();
    }

    private static List<float[]> vectors(ClipEmbeddings clip) throws IOException {
        List<float[]> all = new ArrayList<>();
        clip.images(files(), 2, (index, image) -> all.add(image.features()));
        clip.texts(TEXTS).forEach(text -> all.add(text.embedding()));
        return all;
    }

    private static int slowly(ClipEmbeddings clip, CountDownLatch begun, CountDownLatch goOn) {
        List<Embedded> found = new ArrayList<>();
        try {
            clip.images(files(), 1, (index, image) -> {
                begun.countDown();
                await(goOn);
                found.add(image);
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return found.size();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
