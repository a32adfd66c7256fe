package io.numclip.host.files;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Decision;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.result.ImageClusters;
import io.numclip.host.result.NamedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionsFileTest {

    private static final Bins BINS = new Bins(List.of(new Bin("dark", 0, 5, 2), new Bin("bright", 5, 10, 7)));

    @TempDir
    Path folder;

    @Test
    void theGroupOfEachImageIsReadBack() throws IOException {
        Path file = folder.resolve("predictions.csv");
        PredictionsFile.write(file, predictions("ann", "ann", ""), "person");
        LabeledPredictions read = PredictionsFile.read(file, BINS);
        assertThat(read.images())
                .extracting(image -> image.attribute(NamedImage.GROUP))
                .containsExactly("ann", "ann", "");
        assertThat(ImageClusters.of(read.images(), NamedImage.GROUP).count()).isEqualTo(2);
    }

    @Test
    void inAFileFromBeforeEachImageIsAClusterOfItsOwn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("predictions.csv"),
                "file,value,label,dark,bright\na.png,2.0,1.0,0.9,0.1\nb.png,6,7,0,1\n");
        LabeledPredictions read = PredictionsFile.read(file, BINS);
        assertThat(read.errors()).containsExactly(1, 1);
        assertThat(ImageClusters.of(read.images(), NamedImage.GROUP).count()).isEqualTo(2);
    }

    @Test
    void namesAreReadBackAsTheyWereGivenAlsoThoseOfAFileFromBefore() throws IOException {
        Bins years = new Bins(List.of(new Bin("-5", -10, 0, -5), new Bin("=0\u200c", 0, 10, 5)));
        LabeledImage image = new LabeledImage("=1.png", new NamedImage("=1.png"), 3, Map.of("person", "-x"));
        Prediction known =
                new Prediction(2, List.of(new Prediction.Concept("-5", 0.9), new Prediction.Concept("=0\u200c", 0.1)));
        Path file = folder.resolve("predictions.csv");
        PredictionsFile.write(file, new LabeledPredictions(List.of(image), List.of(known)), "person");
        assertThat(Files.readAllLines(file))
                .containsExactly("file,value,label,group,-5,'=0\u200c", "'=1.png,2.0,3.0,'-x,0.9,0.1");
        isRead(file, years, known);
        Files.writeString(file, "file,value,label,group,'-5,'=0\\u200c\n'=1.png,2.0,3.0,'-x,0.9,0.1\n");
        isRead(file, years, known);
    }

    private static void isRead(Path file, Bins bins, Prediction known) throws IOException {
        LabeledPredictions read = PredictionsFile.read(file, bins);
        assertThat(read.predictions()).containsExactly(known);
        assertThat(read.images().get(0).name()).isEqualTo("=1.png");
        assertThat(read.images().get(0).attribute(NamedImage.GROUP)).isEqualTo("-x");
    }

    @Test
    void uncertaintyIsReadBackForTheCoverageThatWasPromised() throws IOException {
        Path file = folder.resolve("predictions.csv");
        Uncertainty sure = new Uncertainty(
                0.9,
                new Uncertainty.Interval(1, 3),
                List.of("dark"),
                List.of(new Uncertainty.AtLeast(BINS.get(1).lower(), 0.1)),
                false,
                true);
        LabeledPredictions known = predictions("");
        Prediction calibrated = new Prediction(2, known.predictions().get(0).concepts(), sure);
        PredictionsFile.write(file, new LabeledPredictions(known.images(), List.of(calibrated)), "person");
        assertThat(PredictionsFile.read(file, BINS, 0.9).predictions()).containsExactly(calibrated);
        assertThat(PredictionsFile.read(file, BINS).predictions().get(0).uncertainty())
                .isNull();
    }

    @Test
    void edgesThatAreCloseHaveColumnsOfTheirOwn() throws IOException {
        Path file = folder.resolve("predictions.csv");
        Bins narrow = new Bins(List.of(
                new Bin("dark", 0, 0.008, 0.004), new Bin("dim", 0.008, 0.012, 0.01), new Bin("bright", 0.012, 1, 1)));
        Uncertainty sure = new Uncertainty(
                0.9,
                new Uncertainty.Interval(0.001, 0.003),
                List.of("dark"),
                List.of(new Uncertainty.AtLeast(0.008, 0.2), new Uncertainty.AtLeast(0.012, 0.1)),
                false,
                false);
        List<Prediction.Concept> concepts = List.of(
                new Prediction.Concept("dark", 0.8),
                new Prediction.Concept("dim", 0.1),
                new Prediction.Concept("bright", 0.1));
        Prediction calibrated = new Prediction(0.002, concepts, sure);
        PredictionsFile.write(file, new LabeledPredictions(predictions("").images(), List.of(calibrated)), "person");
        assertThat(Files.readAllLines(file).get(0)).contains(",atLeast0.008,atLeast0.012,");
        assertThat(PredictionsFile.read(file, narrow, 0.9).predictions()).containsExactly(calibrated);
    }

    @Test
    void inAFileOfVersion100EdgesHaveTwoDecimals() throws IOException {
        Path file = Files.writeString(
                folder.resolve("predictions.csv"),
                "file,value,label,dark,bright,lower,upper,set,atLeast1.50,abstained,outOfRange\n"
                        + "a.png,2,1,0.9,0.1,1,3,dark,0.1,false,true\n");
        Bins bins = new Bins(List.of(new Bin("dark", 0, 1.5, 1), new Bin("bright", 1.5, 10, 7)));
        assertThat(PredictionsFile.read(file, bins, 0.9)
                        .predictions()
                        .get(0)
                        .uncertainty()
                        .atLeast())
                .containsExactly(new Uncertainty.AtLeast(1.5, 0.1));
    }

    @Test
    void decisionsAreTheLastOfTheColumnsOfUncertainty() throws IOException {
        Path file = folder.resolve("predictions.csv");
        Uncertainty decided = new Uncertainty(
                0.9,
                new Uncertainty.Interval(1, 3),
                List.of("dark"),
                List.of(),
                false,
                true,
                List.of(new Decision("below 3", true)));
        LabeledPredictions known = predictions("");
        Prediction calibrated = new Prediction(2, known.predictions().get(0).concepts(), decided);
        PredictionsFile.write(file, new LabeledPredictions(known.images(), List.of(calibrated)), "person");
        assertThat(Files.readAllLines(file).get(0)).endsWith("abstained,outOfRange,below:3");
        assertThat(Files.readAllLines(file).get(1)).endsWith("false,true,true");
    }

    private static LabeledPredictions predictions(String... persons) {
        List<LabeledImage> images = IntStream.range(0, persons.length)
                .mapToObj(
                        i -> new LabeledImage(i + ".png", new NamedImage(i + ".png"), i, Map.of("person", persons[i])))
                .toList();
        Prediction any =
                new Prediction(2, List.of(new Prediction.Concept("dark", 0.9), new Prediction.Concept("bright", 0.1)));
        return new LabeledPredictions(images, images.stream().map(image -> any).toList());
    }

    /** A column of ours keeps its name, and a concept has one of its own where it can. */
    @Test
    void conceptsMayBeCalledLikeColumns() throws IOException {
        List<String> names = List.of("lower", "value", "p:x", "middle");
        Bins bins = new Bins(IntStream.range(0, names.size())
                .mapToObj(i -> new Bin(names.get(i), i, i + 1, i + 0.5))
                .toList());
        Uncertainty sure = new Uncertainty(
                0.9,
                new Uncertainty.Interval(1, 3),
                List.of("lower", "value"),
                bins.list().stream()
                        .skip(1)
                        .map(bin -> new Uncertainty.AtLeast(bin.lower(), 0.25))
                        .toList(),
                false,
                true);
        Prediction known = new Prediction(
                2,
                IntStream.range(0, names.size())
                        .mapToObj(i -> new Prediction.Concept(names.get(i), i / 6.0))
                        .toList(),
                sure);
        Path file = folder.resolve("predictions.csv");
        PredictionsFile.write(file, new LabeledPredictions(predictions("").images(), List.of(known)), "person");
        assertThat(Files.readAllLines(file).get(0))
                .startsWith("file,value,label,group,p:lower,p:value,p:p:x,middle,lower,upper,set,atLeast1,");
        assertThat(PredictionsFile.read(file, bins, 0.9).predictions()).containsExactly(known);
    }

    @Test
    void inAFileOfVersion100AConceptOfAModelWithoutIntervalsMayBeCalledLower() throws IOException {
        Path file = Files.writeString(
                folder.resolve("predictions.csv"), "file,value,label,group,lower,p:lower\na.png,2.0,1.0,,0.9,0.1\n");
        Bins bins = new Bins(List.of(new Bin("lower", 0, 5, 2), new Bin("p:lower", 5, 10, 7)));
        assertThat(PredictionsFile.read(file, bins).predictions().get(0).probabilities())
                .containsExactly(0.9, 0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file,value|name,value|:1: expected a column file; found the columns name, value, label, group, dark, bright",
                ",bright|,light|:1: expected the concepts dark, bright behind the label; found the columns file, value,",
                "2.0,0.0|two,0.0|:2: expected a number in the column value; found \"two\"",
                "2.0,0.0|2.0|:2: expected"
            })
    void aDamagedFileIsNamedWithLineExpectedAndFound(String before, String after, String said) throws IOException {
        Path file = folder.resolve("predictions.csv");
        PredictionsFile.write(file, predictions("ann"), "person");
        Files.writeString(file, Files.readString(file).replace(before, after));
        assertRefused(NumClipException.Kind.DATA, () -> PredictionsFile.read(file, BINS))
                .hasMessageStartingWith(file + said);
    }
}
