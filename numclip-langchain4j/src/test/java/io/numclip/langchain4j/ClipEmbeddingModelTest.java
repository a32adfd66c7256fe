package io.numclip.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import io.numclip.clip.Precision;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.golden.GoldenFigures;
import io.numclip.image.Background;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipEmbeddingModelTest {

    private static final Path PHOTO = GoldenFigures.IMAGES.resolve("photo.jpg").toAbsolutePath();
    private static final Path PALETTE =
            GoldenFigures.IMAGES.resolve("palette.png").toAbsolutePath();
    private static final Path PHOTOGRAPHS = Path.of("../numclip-core/src/main/resources/io/numclip/sample/photograph");

    private static ClipEmbeddings clip;
    private static ClipEmbeddingModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        clip = ClipEmbeddings.open(GoldenFigures.CLIP.toString(), "cpu", Precision.FP32, Background.NONE);
        model = new ClipEmbeddingModel(clip, "tiny");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void vectorsAreThoseOfTheEmbeddingsToTheLastBit() throws IOException {
        EmbeddingResponse response = model.embed(EmbeddingRequest.builder()
                .input(ImageContent.from(PHOTO.toUri()))
                .input("one apple")
                .input(ImageContent.from(PALETTE, "image/png"))
                .input("a photo of a child")
                .build());

        assertThat(response.embeddings())
                .extracting(Embedding::vector)
                .containsExactly(
                        clip.images(List.of(PHOTO)).get(0).features(),
                        clip.texts(List.of("one apple")).get(0).embedding(),
                        clip.images(List.of(PALETTE)).get(0).features(),
                        clip.texts(List.of("a photo of a child")).get(0).embedding());
        assertThat(response.modelName()).isEqualTo("tiny");
    }

    @Test
    void aDirectoryIsAModelOfItsName() throws IOException {
        try (ClipEmbeddingModel opened = ClipEmbeddingModel.open(GoldenFigures.CLIP)) {
            assertThat(opened.modelName()).isEqualTo("clip-tiny-random");
            assertThat(opened.embed("one apple").content().dimension()).isEqualTo(opened.dimension());
        }
    }

    @Test
    void aPictureThatCannotBeReadIsNamed() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> model.embed(EmbeddingRequest.builder()
                        .input("words")
                        .input(ImageContent.from(PHOTO.toUri()))
                        .input(ImageContent.from("bm8gcGljdHVyZQ==", "image/png"))
                        .build()))
                .withMessageStartingWith("picture 2: not JPEG");
    }

    @Test
    void nothingIsFetchedAndNothingIsMixed() {
        refused(EmbeddingInput.from(ImageContent.from("https://example.org/cat.png")), "nothing is fetched");
        refused(
                EmbeddingInput.from(TextContent.from("a cat"), ImageContent.from(PHOTO.toUri())),
                "a text or one picture");
    }

    private static void refused(EmbeddingInput input, String why) {
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() ->
                        model.embed(EmbeddingRequest.builder().input(input).build()))
                .withMessageContaining(why);
    }

    /** The example as it stands, on photographs with one cat. */
    @Test
    void theSearchOfTheExampleFindsAPlantedPicture() throws Exception {
        for (String photo : List.of("coffee", "rocket", "city-a", "forest-a", "dune", "great-wall", "cat", "glacier")) {
            Files.copy(PHOTOGRAPHS.resolve(photo + ".png"), folder.resolve(photo + ".png"));
        }
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        List<String> printed =
                search("../numclip-clip-tiny/src/main/resources/numclip/clip-tiny-2", "a photo of a cat");
        assertThat(printed).hasSize(5);
        assertThat(printed.get(0)).endsWith("cat.png");
    }

    private List<String> search(String clipDirectory, String words) throws Exception {
        Path classes = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-classes"));
        String source = "../examples/photo-search/src/main/java/org/example/photos/PhotoSearch.java";
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes.toString(), source))
                .isZero();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()});
                PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            loader.loadClass("org.example.photos.PhotoSearch")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {clipDirectory, folder.toString(), words});
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
