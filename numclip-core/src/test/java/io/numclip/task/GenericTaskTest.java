package io.numclip.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenericTaskTest {

    private final GenericTask factory = new GenericTask();

    @TempDir
    Path folder;

    @Test
    void scaleAndUnitAreSettings() {
        OrdinalTask task = factory.create(config(0, 9, "digits", TaskData.of("folder", folder.toString())));
        assertThat(task.scale()).isEqualTo(new LabelScale(0, 9, "digits"));
    }

    @Test
    void aFolderForEachNumberIsRead() throws IOException {
        for (String file : new String[] {"train/3/a.png", "validation/4/b.png", "test/9/c.png"}) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "");
        }
        OrdinalTask task = factory.create(config(0, 9, "digits", TaskData.of("folder", folder.toString())));
        assertThat(task.images(Split.VALIDATION))
                .extracting(LabeledImage::label)
                .containsExactly(4.0);
        assertThat(task.folds()).isEmpty();
    }

    @Test
    void numbersOutsideTheScaleAreRefused() throws IOException {
        OrdinalTask task = factory.create(config(0, 9, "digits", list("image;value\na.png;10\n")));
        assertThatThrownBy(() -> task.images(Split.TRAIN))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("labels.csv:2: column 'value': 10 is outside 0.0 to 9.0 digits");
    }

    @Test
    void numbersBetweenWholeOnesAreRefusedWhereAllAreWhole() throws IOException {
        TaskData data = list("image;value\na.png;3\na.png;3.5\n");
        OrdinalTask task = factory.create(new GenericTask.Config("digits", 0.0, 9.0, "digits", true, data));
        assertThat(task.scale()).isEqualTo(new LabelScale(0, 9, "digits", true));
        assertThatThrownBy(() -> task.images(Split.TRAIN))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("labels.csv:3: column 'value': 3.5 is not a whole number");
    }

    @Test
    void foldersBetweenWholeNumbersAreRefusedToo() throws IOException {
        Files.createDirectories(folder.resolve("train/3.5"));
        Files.writeString(folder.resolve("train/3.5/a.png"), "");
        TaskData data = TaskData.of("folder", folder.toString());
        OrdinalTask task = factory.create(new GenericTask.Config("digits", 0.0, 9.0, "digits", true, data));
        assertThatThrownBy(() -> task.images(Split.TRAIN))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("3.5: not a whole number");
    }

    @Test
    void aScaleOfWholeNumbersEndsWithThem() {
        TaskData data = factory.defaults().data();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GenericTask.Config("digits", 0.0, 9.5, "digits", true, data))
                .withMessageContaining("wholeNumbers needs a minimum and a maximum that are whole numbers; found 9.5");
    }

    @Test
    void aScaleThatFiguresCannotShowIsRefused() {
        TaskData data = factory.defaults().data();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(0, 3e-7, "metres", data))
                .withMessage(
                        "maximum must be at least 0.0001 above the minimum of 0.0; found 3.0E-7 (take a smaller unit)");
        assertThat(config(0.1, 0.1001, "metres", data).maximum()).isEqualTo(0.1001);
    }

    private TaskData list(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("labels.csv"), content);
        return factory.defaults().data().withFile(file.toString());
    }

    @Test
    void samplesAreRefusedWithWhatToDo() {
        GenericTask.Config config = config(0, 9, "digits", TaskData.samples(1, 1, 1));
        assertThatThrownBy(() -> factory.create(config))
                .isInstanceOfSatisfying(
                        NumClipException.class,
                        refusal -> assertThat(refusal.fix()).contains("format csv with a file"))
                .hasMessageContaining("has no sample images");
    }

    @Test
    void theUserMustGiveScaleAndUnit() {
        assertThat(factory.defaults().minimum()).isNull();
        assertThat(factory.defaults().maximum()).isNull();
        assertThat(factory.defaults().unit()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(factory.defaults()))
                .withMessage("minimum is required");
    }

    @Test
    void anEmptyScaleAndABlankUnitAreRefused() {
        TaskData data = factory.defaults().data();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(9, 9, "digits", data))
                .withMessage("maximum must be above the minimum of 9.0; found 9.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(0, 9, " ", data))
                .withMessageContaining("unit must be a word");
    }

    @Test
    void theNameIsTheUsersAndCanNameAFolder() {
        TaskData data = factory.defaults().data();
        assertThat(factory.name(config(0, 9, "digits", data))).isEqualTo("digits");
        assertThat(factory.name(factory.defaults())).isEqualTo("generic");
        for (String name : List.of("", "../moons", "my moons", "-moons", "m".repeat(61))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GenericTask.Config(name, 0.0, 9.0, "digits", false, data))
                    .withMessageContaining("name must be up to 60 letters");
        }
    }

    private static GenericTask.Config config(double minimum, double maximum, String unit, TaskData data) {
        return new GenericTask.Config("digits", minimum, maximum, unit, false, data);
    }
}
