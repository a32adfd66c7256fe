package io.numclip.runner.predict.xmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Familiarity;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.Golden;
import io.numclip.runner.predict.xmp.Sidecars.Model;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files under {@code src/test/resources/xmp} were read by ExifTool 12.57 and Exiv2 0.27.6, which found every property. */
class SidecarsTest {

    private static final LabelScale GRADES = new LabelScale(1, 5, "grades");
    private static final LabelScale YEARS = new LabelScale(1930, 2000, "years");

    @TempDir
    Path folder;

    private Path image;
    private Path sidecar;

    @BeforeEach
    void names() throws IOException {
        image = Files.writeString(folder.resolve("photo.jpg"), "pixels");
        sidecar = folder.resolve("photo.jpg.xmp");
    }

    @Test
    void aRatingIsWrittenAsItWasRead() throws IOException {
        sidecars(GRADES).write(image, List.of(calibrated(4.25, 3.5, 5)));
        assertSidecar("rating.xmp");
        assertThat(image).hasContent("pixels");
    }

    @Test
    void aYearIsADateOfItsOwnPrecision() throws IOException {
        sidecars(YEARS).write(image, List.of(calibrated(1975.3, 1969, 1983)));
        assertSidecar("date.xmp");
    }

    @Test
    void severalModelsHavePropertiesOfTheirOwn() throws IOException {
        Sidecars both =
                new Sidecars(SidecarName.FULL, List.of(new Model("2nd_größe", YEARS), new Model("beauty", GRADES)));
        both.write(image, List.of(plain(1950), plain(2)));
        assertSidecar("several.xmp");
    }

    @Test
    void whatOthersHaveWrittenStays() throws IOException {
        Files.copy(Path.of("src/test/resources/xmp/others.xmp"), sidecar);
        sidecars(GRADES).write(image, List.of(calibrated(4.25, 3.5, 5)));
        assertSidecar("merged.xmp");
        sidecars(GRADES).write(image, List.of(calibrated(4.25, 3.5, 5)));
        assertSidecar("merged.xmp");
    }

    @Test
    void prefixesOfTheFileAreUsedAndNoneIsTakenTwice() throws IOException {
        Files.writeString(
                sidecar,
                "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:numclip='urn:others'"
                        + " xmlns:xap='http://ns.adobe.com/xap/1.0/'/>");
        sidecars(GRADES).write(image, List.of(plain(2)));
        assertThat(sidecar)
                .content()
                .contains("xap:Rating=\"2\"", "numclip_:value=\"2.0\"", "xmlns:numclip_=\"urn:numclip:xmp:1.0/\"")
                .contains("xmlns:numclip=\"urn:others\"");
    }

    @Test
    void aRatingOfAPersonIsKeptAndOneOfOursReplaced() throws IOException {
        sidecars(GRADES).write(image, List.of(plain(2)));
        sidecars(GRADES).write(image, List.of(plain(4)));
        assertThat(sidecar).content().contains("xmp:Rating=\"4\"");
        Files.writeString(sidecar, Files.readString(sidecar).replace("xmp:Rating=\"4\"", "xmp:Rating=\"1\""));
        sidecars(GRADES).write(image, List.of(plain(5)));
        assertThat(sidecar).content().contains("xmp:Rating=\"1\"", "numclip:value=\"5.0\"");
    }

    @Test
    void whatIsNoLongerKnownIsNoLongerThere() throws IOException {
        sidecars(GRADES).write(image, List.of(calibrated(4.25, 3.5, 5)));
        sidecars(GRADES).write(image, List.of(plain(4.25)));
        assertThat(sidecar).content().contains("numclip:value").doesNotContain("numclip:lower", "numclip:strange");
    }

    @Test
    void whatIsWrittenAlreadyIsNotWrittenAgain() throws IOException {
        sidecars(GRADES).write(image, List.of(plain(2)));
        FileTime before = Files.getLastModifiedTime(Files.setLastModifiedTime(sidecar, FileTime.fromMillis(1_000_000)));
        sidecars(GRADES).write(image, List.of(plain(2)));
        assertThat(Files.getLastModifiedTime(sidecar)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, points, 10, RATING, 5",
        "1, 10, Points, 1, RATING, 1",
        "0, 5, stars, 0.2, RATING, 1",
        "0, 5, stars, 4.5, RATING, 5",
        "0, 100, scores, 60, RATING, 3",
        "1000, 2030, years, 1066.4, DATE, 1066",
    })
    void unitAndScaleDecideWhatIsShown(double least, double most, String unit, double value, Shown shown, String text) {
        LabelScale scale = new LabelScale(least, most, unit);
        assertThat(Shown.of(scale)).contains(shown);
        assertThat(shown.text(value, scale)).isEqualTo(text);
    }

    @Test
    void agesAndCountsAreNotShown() {
        assertThat(Shown.of(new LabelScale(0, 100, "years"))).isEmpty();
        assertThat(Shown.of(new LabelScale(0, 20, "things"))).isEmpty();
        assertThat(Shown.of(new LabelScale(1000, 20000, "years"))).isEmpty();
    }

    @Test
    void twoImagesShareNoShortName() throws IOException {
        Sidecars brief = new Sidecars(SidecarName.SHORT, List.of(new Model("", GRADES)));
        brief.write(image, List.of(plain(2)));
        Path shared = folder.resolve("photo.xmp");
        byte[] before = Files.readAllBytes(shared);
        assertRefused(
                brief,
                folder.resolve("photo.png"),
                shared + ": it belongs to the image of this name that ends in .jpg");
        assertThat(shared).hasBinaryContent(before);
        brief.write(folder.resolve("photo.JPG"), List.of(plain(2)));
        brief.write(folder.resolve("without"), List.of(plain(2)));
        assertThat(folder.resolve("without.xmp")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no XML | it is not well-formed XML: Content is not allowed in prolog",
                "<svg/> | it has no rdf:RDF, found svg",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x> | it is not well-formed XML: DOCTYPE is disallowed",
            })
    void aFileThatIsNoXmpIsLeftAsItIs(String text, String why) throws IOException {
        Files.writeString(sidecar, text);
        assertRefused(sidecars(GRADES), image, sidecar + ": expected XMP: " + why);
        assertThat(sidecar).hasContent(text);
    }

    @Test
    void aTreeWithoutEndIsRefused() throws IOException {
        Files.writeString(sidecar, "<a>".repeat(100_000));
        assertRefused(sidecars(GRADES), image, "expected XMP: it is not well-formed XML");
    }

    @Test
    void aFolderOfTheNameIsSaid() throws IOException {
        Files.createDirectory(sidecar);
        assertRefused(sidecars(GRADES), image, sidecar + ": not a regular file");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPlaceThatIsNoFolderIsSaid() {
        assertThatThrownBy(() -> sidecars(GRADES).write(image.resolve("photo.jpg"), List.of(plain(2))))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("photo.jpg.xmp");
    }

    private void assertRefused(Sidecars sidecars, Path file, String message) {
        assertThatThrownBy(() -> sidecars.write(file, List.of(plain(2))))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(message);
    }

    private void assertSidecar(String golden) throws IOException {
        Golden.assertEqualsFile("xmp/" + golden, Files.readString(sidecar));
    }

    private static Sidecars sidecars(LabelScale scale) {
        return new Sidecars(SidecarName.FULL, List.of(new Model("", scale)));
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
