package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Familiarity;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.Golden;
import io.numclip.host.result.PredictedModel;
import io.numclip.runner.inputs.InputImage;
import io.numclip.runner.predict.xmp.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files under {@code src/test/resources/xmp} were read by ExifTool 12.57 and Exiv2 0.27.6, which found every property. */
class SidecarRowsTest {

    private static final LabelScale GRADES = new LabelScale(1, 5, "grades");
    private static final LabelScale YEARS = new LabelScale(1930, 2000, "years");

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final Tally tally = new Tally(Tally.Count.none(1));
    private int rows;
    private Path image;
    private Path sidecar;

    @BeforeEach
    void names() throws IOException {
        image = Files.writeString(folder.resolve("photo.jpg"), "pixels");
        sidecar = folder.resolve("photo.jpg.xmp");
    }

    @Test
    void aRatingIsWrittenAsItWasRead() throws IOException {
        write(GRADES, calibrated(4.25, 3.5, 5));
        assertSidecar("rating.xmp");
        assertThat(image).hasContent("pixels");
    }

    @Test
    void aYearIsADateOfItsOwnPrecision() throws IOException {
        write(YEARS, calibrated(1975.3, 1969, 1983));
        assertSidecar("date.xmp");
    }

    @Test
    void severalModelsHavePropertiesOfTheirOwn() throws IOException {
        List<PredictedModel> models = List.of(model("2nd größe", YEARS), model("beauty", GRADES));
        write(LabelledModel.of(models, List.of(YEARS, GRADES)), plain(1950), plain(2));
        assertSidecar("several.xmp");
    }

    @Test
    void whatOthersHaveWrittenStays() throws IOException {
        Files.copy(Path.of("src/test/resources/xmp/others.xmp"), sidecar);
        write(GRADES, calibrated(4.25, 3.5, 5));
        assertSidecar("merged.xmp");
        write(GRADES, calibrated(4.25, 3.5, 5));
        assertSidecar("merged.xmp");
    }

    @Test
    void prefixesOfTheFileAreUsedAndNoneIsTakenTwice() throws IOException {
        Files.writeString(
                sidecar,
                "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:numclip='urn:others'"
                        + " xmlns:xap='http://ns.adobe.com/xap/1.0/'/>");
        write(GRADES, plain(2));
        assertThat(sidecar)
                .content()
                .contains("xap:Rating=\"2\"", "numclip_:value=\"2.0\"", "xmlns:numclip_=\"urn:numclip:xmp:1.0/\"")
                .contains("xmlns:numclip=\"urn:others\"");
    }

    @Test
    void aRatingOfAPersonIsKeptAndOneOfOursReplaced() throws IOException {
        write(GRADES, plain(2));
        write(GRADES, plain(4));
        assertThat(sidecar).content().contains("xmp:Rating=\"4\"");
        Files.writeString(sidecar, Files.readString(sidecar).replace("xmp:Rating=\"4\"", "xmp:Rating=\"1\""));
        write(GRADES, plain(5));
        assertThat(sidecar).content().contains("xmp:Rating=\"1\"", "numclip:value=\"5.0\"");
    }

    @Test
    void whatIsNoLongerKnownIsNoLongerThere() throws IOException {
        write(GRADES, calibrated(4.25, 3.5, 5));
        write(GRADES, plain(4.25));
        assertThat(sidecar).content().contains("numclip:value").doesNotContain("numclip:lower", "numclip:strange");
    }

    @Test
    void whatIsWrittenAlreadyIsNotWrittenAgain() throws IOException {
        write(GRADES, plain(2));
        FileTime before = Files.getLastModifiedTime(Files.setLastModifiedTime(sidecar, FileTime.fromMillis(1_000_000)));
        write(GRADES, plain(2));
        assertThat(Files.getLastModifiedTime(sidecar)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, points, 10, Rating, 5",
        "1, 10, Points, 1, Rating, 1",
        "0, 5, stars, 0.2, Rating, 1",
        "0, 5, stars, 4.5, Rating, 5",
        "0, 100, scores, 60, Rating, 3",
        "1000, 2030, years, 1066.4, DateCreated, 1066",
    })
    void unitAndScaleDecideWhatIsShown(
            double least, double most, String unit, double value, String property, String text) {
        Shown shown = Shown.of(new LabelScale(least, most, unit), value).orElseThrow();
        assertThat(shown.property().name()).isEqualTo(property);
        assertThat(shown.text()).isEqualTo(text);
    }

    @Test
    void agesAndCountsAreNotShown() {
        assertThat(Shown.of(new LabelScale(0, 100, "years"), 1500)).isEmpty();
        assertThat(Shown.of(new LabelScale(0, 20, "things"), 1500)).isEmpty();
        assertThat(Shown.of(new LabelScale(1000, 20000, "years"), 1500)).isEmpty();
    }

    @Test
    void imagesThatDifferInTheirEndingHaveSidecarsOfTheirOwn() throws IOException {
        write(GRADES, plain(2));
        image = Files.copy(image, folder.resolve("photo.png"));
        write(GRADES, plain(4));
        assertThat(sidecar).content().contains("xmp:Rating=\"2\"");
        assertThat(folder.resolve("photo.png.xmp")).content().contains("xmp:Rating=\"4\"");
    }

    @Test
    void anImageThatFailedHasARowAlone() throws IOException {
        write(GRADES, Prediction.failed("no image"));
        assertThat(sidecar).doesNotExist();
        assertThat(rows).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no XML | not well-formed XML: Content is not allowed in prolog;",
                "<svg/> | it has no rdf:RDF",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x> | not well-formed XML: DOCTYPE is disallowed",
            })
    void aFileThatIsNoXmpIsLeftAsItIs(String text, String why) throws IOException {
        Files.writeString(sidecar, text);
        assertTold(sidecar + ": expected XMP: " + why);
        assertThat(sidecar).hasContent(text);
    }

    @Test
    void aTreeThatIsTooDeepIsRefused() throws IOException {
        String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);
        Files.writeString(sidecar, "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" + deep + "</r:RDF>");
        assertTold(sidecar + ": expected XMP: not well-formed XML");
    }

    @Test
    void aFolderOfTheNameIsSaid() throws IOException {
        Files.createDirectory(sidecar);
        assertTold(sidecar + ": not a regular file");
    }

    @Test
    void moreThanTwentyAreOnlyCounted() throws IOException {
        Files.writeString(sidecar, "no XML");
        for (int i = 0; i < 30; i++) {
            write(GRADES, plain(2));
        }
        assertThat(told).hasSize(21).last().isEqualTo("more images have no sidecar; only their number is shown");
        assertThat(tally.count().withoutSidecar()).isEqualTo(30);
    }

    /** The row is written all the same. */
    private void assertTold(String message) throws IOException {
        write(GRADES, plain(2));
        assertThat(told).singleElement().asString().startsWith("no sidecar for " + image + ": " + message);
        assertThat(tally.count().withoutSidecar()).isEqualTo(1);
        assertThat(rows).isEqualTo(1);
    }

    private void assertSidecar(String golden) throws IOException {
        Golden.assertEqualsFile("xmp/" + golden, Files.readString(sidecar));
    }

    private void write(LabelScale scale, Prediction prediction) throws IOException {
        write(LabelledModel.of(List.of(model("grade", scale)), List.of(scale)), prediction);
    }

    private void write(List<LabelledModel> models, Prediction... predictions) throws IOException {
        new SidecarRows((written, found) -> rows++, models, tally, told::add)
                .write(InputImage.of(image), List.of(predictions));
    }

    private static PredictedModel model(String name, LabelScale scale) {
        return new PredictedModel(name, "", scale, List.of(), List.of(), List.of());
    }

    private static Prediction plain(double value) {
        return new Prediction(value, List.of(new Prediction.Concept("fine <&\"", 1)));
    }

    private static Prediction calibrated(double value, double lower, double upper) {
        Uncertainty sure =
                new Uncertainty(0.9, new Uncertainty.Interval(lower, upper), List.of(), List.of(), false, false);
        return new Prediction(value, plain(value).concepts(), sure, new Familiarity(0.01, true), null);
    }
}
