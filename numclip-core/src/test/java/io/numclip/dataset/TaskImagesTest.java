package io.numclip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.RefusalAssert;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData.Samples;
import io.numclip.image.ImageFile;
import io.numclip.sample.SampleWorld;
import io.numclip.storage.Limit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskImagesTest {

    private static final LabelScale AGES = new LabelScale(0, 100, "years");
    private static final SampleWorld WORLD = (split, index, seed) -> new LabeledImage(
            split + "-" + index + "-" + seed, new TestingImageSource(), index, Map.of("caption", "nothing"));

    @TempDir
    Path folder;

    @Test
    void samplesAreMadeWhenTheyAreAskedFor() throws IOException {
        SampleWorld untouched = (split, index, seed) -> {
            throw new AssertionError("image " + index + " was made");
        };

        TaskImages images = new TaskImages(TaskData.samples(1_000_000, 1, 1), AGES, untouched);

        assertThat(images.images(Split.TRAIN).size()).isEqualTo(1_000_000);
    }

    @Test
    void theLimitOfSamplesIsThatOfDrawing() {
        Limit.SAMPLE_IMAGES.set("3");
        try {
            TaskImages images = new TaskImages(TaskData.samples(4, 1, 1), AGES, WORLD);

            assertThatThrownBy(() -> images.images(Split.TRAIN))
                    .hasMessage("task.data.samples.train: 4 images, the limit sample.images is 3");
        } finally {
            System.clearProperty(Limit.PROPERTIES + Limit.SAMPLE_IMAGES.key());
        }
    }

    @Test
    void samplesAreDrawnFromZeroOn() throws IOException {
        TaskData data = TaskData.samples(3, 1, 2);

        TaskImages images = new TaskImages(data, AGES, WORLD);

        assertThat(images.images(Split.TRAIN))
                .extracting(LabeledImage::name)
                .containsExactly("train-0-1", "train-1-1", "train-2-1");
        assertThat(images.images(Split.TEST)).hasSize(2);
    }

    @Test
    void anUnknownFormatListsTheKnownOnesAndTheNearest() {
        DataLayout faces = layout("faces");

        assertRefused(
                () -> new TaskImages(TaskData.of("face", ""), AGES, WORLD, faces),
                Kind.CONFIGURATION,
                "task.data.format: there is no data layout 'face'. Did you mean 'faces'?",
                "choose one of sample, csv, folder, faces");
        assertRefused(
                () -> new TaskImages(TaskData.of("sample", ""), AGES, null),
                Kind.CONFIGURATION,
                "task.data.format: there is no data layout 'sample'.",
                "choose one of csv, folder");
    }

    @Test
    void aListGivesNamesLabelsAttributesAndSplits() throws IOException {
        touch("a.jpg", "sub/b.png", "c.jpg");
        list("image,age,split,person", "a.jpg,30,train,x", "sub/b.png,4.5,Val,y", "c.jpg,99,test,");

        TaskImages images = csv("");

        LabeledImage a = images.images(Split.TRAIN).get(0);
        assertThat(a.name()).isEqualTo("a.jpg");
        assertThat(a.label()).isEqualTo(30);
        assertThat(a.source()).isEqualTo(new ImageFile(folder.resolve("a.jpg")));
        assertThat(a.attributes()).containsExactly(Map.entry("person", "x"));
        assertThat(images.images(Split.VALIDATION))
                .extracting(LabeledImage::label)
                .containsExactly(4.5);
        assertThat(images.images(Split.TEST)).extracting(LabeledImage::name).containsExactly("c.jpg");
    }

    @Test
    void bomCarriageReturnsQuotesAndEmptyLinesAreFine() throws IOException {
        touch("a, b.jpg", "c.jpg", "d.jpg");
        Files.writeString(
                folder.resolve("list.csv"),
                "\uFEFFimage , age, split\r\n\"a, b.jpg\", 1 ,train\r\n\r\nc.jpg, 2e0 ,train\r\nd.jpg,3,val\r\n");

        assertThat(csv("").images(Split.TRAIN)).extracting(LabeledImage::name).containsExactly("a, b.jpg", "c.jpg");
    }

    @Test
    void pathsAreRelativeToTheRootWhenOneIsGiven() throws IOException {
        touch("images/a.jpg");
        list("image,age,split", "a.jpg,30,train");

        assertThat(csv(folder.resolve("images").toString()).images(Split.TRAIN)).hasSize(1);
        assertRefused(
                () -> csv("").images(Split.TRAIN),
                Kind.MISSING,
                folder.resolve("list.csv") + ":2: there is no file a.jpg",
                "correct the paths, which are relative to " + folder
                        + ", or set task.data.root to their folder (init: --root)");
    }

    @Test
    void allBadLinesAreReportedAtOnce() throws IOException {
        touch("a.jpg");
        list(
                "image,age,split",
                "a.jpg,abc,train",
                "a.jpg,NaN,train",
                "a.jpg,101,train",
                ",5,train",
                "../a.jpg,5,train",
                "/etc/a.jpg,5,train",
                "a.jpg,5",
                "a.jpg,5,holdout",
                "a.jpg,5,train",
                "./a.jpg,5,test",
                "a.jpg,,train",
                "a.jpg,0x10,train",
                "a.jpg,1d,train");
        String list = folder.resolve("list.csv").toString();

        assertRefused(
                () -> csv("").images(Split.TRAIN),
                Kind.DATA,
                """
                12 lines of LIST cannot be used:
                  LIST:2: column 'age': 'abc' is not a number
                  LIST:3: column 'age': 'NaN' is not a number
                  LIST:4: column 'age': 101 is outside 0.0 to 100.0 years
                  LIST:5: column 'image' is empty
                  LIST:6: '../a.jpg' is outside the folder FOLDER
                  LIST:7: '/etc/a.jpg' is outside the folder FOLDER
                  LIST:8: 2 fields, the header has 3
                  LIST:9: column 'split': 'holdout' is neither train, validation nor test
                  LIST:11: ./a.jpg is in test, but in train at LIST:10
                  LIST:12: column 'age': '' is not a number
                  and 2 more""".replace("LIST", list).replace("FOLDER", folder.toString()),
                "correct these lines of the list; correct the paths, which are relative to " + folder
                        + ", or set task.data.root to their folder (init: --root)");
    }

    @Test
    void missingFilesAreReportedUpFrontWithTheirCount() throws IOException {
        touch("0.jpg");
        list(IntStream.range(0, 13).mapToObj(i -> i + ".jpg,5").toArray(String[]::new), "image,age");

        RefusalAssert.assertRefused(Kind.MISSING, () -> csv("").images(Split.TRAIN))
                .hasMessageStartingWith("12 of 13 images of " + folder.resolve("list.csv") + " are not in " + folder
                        + ":\n  " + folder.resolve("list.csv") + ":3: there is no file 1.jpg\n")
                .hasMessageEndingWith("\n  and 2 more");
    }

    @Test
    void spacesAroundANameBelongToIt() throws IOException {
        touch(" 1.jpg", "1.jpg", "2.jpg ", "2.jpg", "3.jpg\u2028", "3.jpg", "\u00a04.jpg", "4.jpg");
        list("image,age", " 1.jpg, 10", "1.jpg,20 ", "\"2.jpg \",30", "3.jpg\u2028,40", "\u00a04.jpg,50", "5.jpg,60");
        touch("5.jpg");
        List<LabeledImage> all = new ArrayList<>();
        for (Split split : Split.values()) {
            all.addAll(csv("").images(split));
        }
        assertThat(all)
                .extracting(image ->
                        ((ImageFile) image.source()).path().getFileName().toString())
                .containsExactlyInAnyOrder(" 1.jpg", "1.jpg", "2.jpg ", "3.jpg\u2028", "\u00a04.jpg", "5.jpg");
        assertThat(all).extracting(LabeledImage::label).contains(10.0, 20.0);
    }

    @Test
    void aNameThatIsThereWithoutItsSpacesIsExplained() throws IOException {
        touch("1.jpg");
        list("image,age", " 1.jpg,10", "2.jpg ,20");
        assertThatThrownBy(() -> csv("").images(Split.TRAIN))
                .hasMessageContaining(
                        "there is no file  1.jpg; there is '1.jpg', without what looks like a space around it\n")
                .hasMessageEndingWith("there is no file 2.jpg ");
    }

    @Test
    void aMissingColumnListsTheColumnsFound() throws IOException {
        list("Image,Ages,other", "a.jpg,3,4");
        String list = folder.resolve("list.csv").toString();

        assertRefused(
                () -> csv("").images(Split.TRAIN),
                Kind.DATA,
                """
                2 faults in the header:
                  LIST:1: no column 'image'. Did you mean 'Image'? Columns found: Image, Ages, other.
                  LIST:1: no column 'age'. Did you mean 'Ages'? Columns found: Image, Ages, other.""".replace("LIST", list),
                "name the columns with task.data.imageColumn and task.data.labelColumn (init: --image-column, --label-column)");
    }

    @Test
    void aListThatIsNoListIsRefused() throws IOException {
        list("image,age,age", "a.jpg,1,2");
        assertThatThrownBy(() -> csv("").images(Split.TRAIN)).hasMessageContaining("appears twice in image, age, age");
        Files.writeString(folder.resolve("list.csv"), "");
        assertThatThrownBy(() -> csv("").images(Split.TRAIN)).hasMessageEndingWith("list.csv: no header row");
        Files.writeString(folder.resolve("list.csv"), "image,age\n\"a.jpg,3\n");
        assertThatThrownBy(() -> csv("").images(Split.TRAIN)).isInstanceOf(NumClipException.class);
        Files.writeString(folder.resolve("list.csv"), "image,age\n" + "x".repeat(65_537) + ",3\n");
        assertThatThrownBy(() -> csv("").images(Split.TRAIN))
                .isInstanceOf(NumClipException.class)
                .hasMessageEndingWith("is too long, the limit list.fieldBytes is 65,536");
        Files.delete(folder.resolve("list.csv"));
        assertThatThrownBy(() -> csv("").images(Split.TRAIN)).hasMessageEndingWith("list.csv: no such file");
        assertThatThrownBy(() -> new TaskImages(data("csv", "", "", 1), AGES, WORLD).images(Split.TRAIN))
                .hasMessage("task.data.file is empty; format csv needs a list");
    }

    @Test
    void anImageListedTwiceForOneSplitCountsTwiceUnderTwoNames() throws IOException {
        touch("a.jpg");
        list("image,age,split", "a.jpg,5,train", "a.jpg,6,train");

        assertThat(csv("").images(Split.TRAIN))
                .extracting(LabeledImage::name)
                .containsExactly("a.jpg", "a.jpg (" + folder.resolve("list.csv") + ":3)");
    }

    @Test
    void anEmptySplitIsAnErrorOnlyWhenAskedFor() throws IOException {
        touch("a.jpg");
        list("image,age,split", "a.jpg,5,test");
        TaskImages images = csv("");

        assertThat(images.images(Split.TEST)).hasSize(1);
        assertRefused(
                () -> images.images(Split.VALIDATION),
                Kind.DATA,
                folder.resolve("list.csv") + ": no images for validation (images found: 1)",
                "raise task.data.validation or task.data.test, or give the list a column split with train, validation or test");
    }

    @Test
    void aListWithoutALineIsToldSo() throws IOException {
        list("image,age,split");
        assertRefused(
                () -> csv("").images(Split.TRAIN),
                Kind.DATA,
                folder.resolve("list.csv") + ": no images found",
                "add a line for each image below the names of the columns");
    }

    @Test
    void imagesAddedLaterMoveNoOther() throws IOException {
        String[] names = IntStream.range(0, 300).mapToObj(i -> "i" + i + ".jpg").toArray(String[]::new);
        touch(names);
        list(IntStream.range(0, 200).mapToObj(i -> names[i] + ",5").toArray(String[]::new), "image,age");
        Map<String, Split> before = splits(csv(""));
        list(IntStream.range(0, 300).mapToObj(i -> names[299 - i] + ",5").toArray(String[]::new), "image,age");
        Map<String, Split> after = splits(csv(""));

        assertThat(before).hasSize(200);
        assertThat(after).hasSize(300).containsAllEntriesOf(before);
        assertThat(splits(new TaskImages(
                        data("csv", "", folder.resolve("list.csv").toString(), 2), AGES, WORLD)))
                .isNotEqualTo(after);
    }

    @Test
    void sharesAreKeptAndTheHashIsFixedForEver() {
        SplitShares shares = new SplitShares(1, 0.1, 0.2);

        Map<Split, Long> counts = IntStream.range(0, 20_000)
                .mapToObj(i -> shares.split("photos/" + i + ".jpg"))
                .collect(Collectors.groupingBy(split -> split, Collectors.counting()));

        assertThat(counts.get(Split.VALIDATION)).isBetween(1_850L, 2_150L);
        assertThat(counts.get(Split.TEST)).isBetween(3_800L, 4_200L);
        assertThat(IntStream.range(0, 12)
                        .mapToObj(i -> shares.split(i + ".jpg").toString().substring(0, 2)))
                .isEqualTo(List.of("tr", "te", "tr", "tr", "tr", "te", "va", "va", "te", "tr", "tr", "va"));
    }

    @Test
    void foldersOfLabelsAreDealtToSplitsInAFixedOrder() throws IOException {
        for (int i = 0; i < 60; i++) {
            touch((i % 3 == 0 ? "9/" : i % 3 == 1 ? "10/" : "30.5/") + i + (i % 2 == 0 ? ".JPG" : ".png"));
        }
        touch("9/notes.txt", "9/.hidden.jpg", "readme.md");

        TaskImages images = folder();

        assertThat(splits(images)).hasSize(60);
        List<LabeledImage> train = images.images(Split.TRAIN);
        assertThat(train).extracting(LabeledImage::label).isSorted();
        assertThat(train)
                .extracting(LabeledImage::name)
                .startsWith("9/0.JPG", "9/15.png", "9/18.JPG")
                .endsWith("30.5/8.JPG");
        assertThat(train).isEqualTo(folder().images(Split.TRAIN));
    }

    @Test
    void foldersOfSplitsAreTakenAsTheyAre() throws IOException {
        touch("train/1/a.jpg", "train/2/b.jpeg", "val/1/a.jpg", "test/2/c.png", "test/2/d.GIF", "test/2/e.bmp");

        TaskImages images = folder();

        assertThat(images.images(Split.TRAIN))
                .extracting(LabeledImage::name)
                .containsExactly("train/1/a.jpg", "train/2/b.jpeg");
        assertThat(images.images(Split.VALIDATION))
                .extracting(LabeledImage::label)
                .containsExactly(1.0);
        assertThat(images.images(Split.TEST)).hasSize(3);
    }

    @Test
    void otherFolderNamesAreListed() throws IOException {
        touch("1/a.jpg", "old/b.jpg", "200/c.jpg");

        assertRefused(
                () -> folder().images(Split.TRAIN),
                Kind.DATA,
                """
                2 folders of ROOT cannot be used:
                  ROOT/200: outside 0.0 to 100.0 years
                  ROOT/old: the name is not a number""".replace("ROOT", folder.toString()),
                "name each folder after the label of its images");
        touch("train/1/a.jpg");
        assertThatThrownBy(() -> folder().images(Split.TRAIN))
                .hasMessageContaining(
                        folder.resolve("old") + ": expected only folders train, validation (or val) and test");
    }

    @Test
    void foldersAreCountedAndNotTheImagesInThem(@TempDir Path elsewhere) throws IOException {
        touch("1/a.jpg", "old/b.jpg");
        for (String name : List.of("c.jpg", "d.jpg", "e.jpg")) {
            Files.write(elsewhere.resolve(name), new byte[0]);
        }
        Files.createSymbolicLink(folder.resolve("2"), elsewhere);

        assertRefused(
                () -> folder().images(Split.TRAIN),
                Kind.DATA,
                """
                2 folders of ROOT cannot be used:
                  ROOT/old: the name is not a number
                  ROOT/2: '2/c.jpg' is outside the folder ROOT (a symbolic link leads there), and 2 more there""".replace("ROOT", folder.toString()),
                "name each folder after the label of its images; put copies of the files in the places of the links");
        Files.delete(folder.resolve("old/b.jpg"));
        Files.delete(folder.resolve("old"));
        assertRefused(
                () -> folder().images(Split.TRAIN),
                Kind.DATA,
                folder + "/2: '2/c.jpg' is outside the folder " + folder
                        + " (a symbolic link leads there), and 2 more there",
                "put copies of the files in the places of the links");
    }

    @Test
    void filesThatAreNotInTheFolderOfALabelAreNotDroppedSilently() throws IOException {
        touch("1/a.jpg", "1/b.svg", "2/c.heic", "2/more/d.jpg", "2/more/still/e.png", "3/2020/f.jpg", ".hidden.jpg");
        touch("g.jpg", "h.jpg", "i.jpg", "j.jpg", "labels.csv");

        assertThat(new ImageFolder(data("folder", folder.toString(), "", 1), AGES)
                        .read()
                        .notices())
                .containsExactlyInAnyOrder(
                        folder
                                + ": files left out because they lie beside the folders that are read: 4, such as g.jpg, h.jpg,"
                                + " i.jpg",
                        folder + ": files left out because they lie in a folder inside that of a label: 3, such as"
                                + " 2/more/d.jpg, 2/more/still/e.png, 3/2020/f.jpg",
                        folder
                                + ": files left out because they are not called like an image (JPEG, PNG, GIF, BMP, WebP or TIFF): 3,"
                                + " such as labels.csv, 1/b.svg, 2/c.heic");
    }

    @Test
    void anEmptyFolderHasNoLabel() throws IOException {
        touch("1/a.jpg", "200/.hidden.jpg");

        assertThat(folder().found().values().stream().mapToInt(List::size).sum())
                .isEqualTo(1);
    }

    @Test
    void aFolderWithoutImagesIsRefused() {
        assertRefused(
                () -> folder().images(Split.TRAIN),
                Kind.DATA,
                folder + ": no images found",
                "put images (JPEG, PNG, GIF, BMP, WebP or TIFF) into folders that are named after their labels");
        assertThatThrownBy(() -> new TaskImages(
                                data("folder", folder.resolve("none").toString(), "", 1), AGES, WORLD)
                        .images(Split.TRAIN))
                .hasMessage(folder.resolve("none") + ": no such folder");
        assertThatThrownBy(() -> new TaskImages(data("folder", "", "", 1), AGES, WORLD).images(Split.TRAIN))
                .hasMessage("task.data.root is empty; format folder needs a folder of label folders");
    }

    @Test
    void aListIsReadOnce() throws IOException {
        touch("a.jpg");
        list("image,age,split", "a.jpg,5,train");
        TaskImages images = csv("");
        List<LabeledImage> first = images.images(Split.TRAIN);
        Files.delete(folder.resolve("list.csv"));

        assertThat(images.images(Split.TRAIN)).isEqualTo(first);
    }

    private static DataLayout layout(String name) {
        return new DataLayout() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public ImageListing read(TaskData data, LabelScale scale) {
                return new ImageListing(data, scale, name, Path.of(data.root()));
            }
        };
    }

    private TaskImages csv(String root) {
        return new TaskImages(data("csv", root, folder.resolve("list.csv").toString(), 1), AGES, WORLD);
    }

    private TaskImages folder() {
        return new TaskImages(data("folder", folder.toString(), "", 1), AGES, WORLD);
    }

    private static TaskData data(String format, String root, String file, long seed) {
        return new TaskData(format, "", root, file, "image", "age", 0.2, 0.2, seed, new Samples(1, 1, 1));
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), new byte[0]);
        }
    }

    private void list(String... lines) throws IOException {
        Files.write(folder.resolve("list.csv"), List.of(lines));
    }

    private void list(String[] rows, String header) throws IOException {
        Files.writeString(folder.resolve("list.csv"), header + "\n" + String.join("\n", rows) + "\n");
    }

    private static Map<String, Split> splits(TaskImages images) throws IOException {
        Map<String, Split> splits = new HashMap<>();
        for (Split split : Split.values()) {
            for (LabeledImage image : images.images(split)) {
                assertThat(splits.put(image.name(), split)).isNull();
            }
        }
        return splits;
    }

    private static void assertRefused(ThrowingCallable call, Kind kind, String message, String fix) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(NumClipException.class, e -> {
                    assertThat(e.kind()).isEqualTo(kind);
                    assertThat(e.fix()).isEqualTo(fix);
                })
                .hasMessage(message);
    }

    private record TestingImageSource() implements ImageSource {
        @Override
        public BufferedImage read() {
            return new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        }

        @Override
        public String fingerprint() {
            return "testing";
        }
    }
}
