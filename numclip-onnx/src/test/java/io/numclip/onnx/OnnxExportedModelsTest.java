package io.numclip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import io.numclip.host.NumClips;
import io.numclip.host.run.ExportedModels;
import io.numclip.runtime.OnnxModel;
import io.numclip.storage.Seal;
import io.numclip.uncertainty.IntervalForm;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library opens an exported file where it opens a run. */
class OnnxExportedModelsTest {

    private static final Path FILE = Path.of("../numclip-runtime/src/test/resources/small.onnx");

    @TempDir
    private Path folder;

    @Test
    void itsPredictionsAreThoseOfTheRuntime() {
        List<BufferedImage> images = images();
        try (NumClip model = NumClip.open(FILE);
                OnnxModel alone = OnnxModel.open(FILE)) {
            assertThat(model.predict(images)).isEqualTo(alone.predict(images));
            assertThat(model.predict(images.get(1))).isEqualTo(alone.predict(images.get(1)));
        }
    }

    @Test
    void itSaysOfItselfWhatARunSays() throws Exception {
        try (NumClip model = NumClip.open(FILE);
                OnnxModel alone = OnnxModel.open(FILE)) {
            assertThat(model.name()).isEqualTo("small");
            assertThat(model.digest()).isEqualTo(Seal.Digest.READING.of(FILE));
            assertThat(model.scale()).isEqualTo(alone.scale());
            assertThat(model.bins()).isEqualTo(alone.bins());
            assertThat(model.coverage()).isEqualTo(alone.coverage()).isPresent();
            assertThat(model.heldOut()).isEqualTo(alone.heldOut()).isPresent();
            assertThat(model.cuts()).hasSize(1);
        }
    }

    @Test
    void severalFilesAreAskedTogether() {
        try (NumClips models = NumClips.open(List.of(FILE, FILE))) {
            assertThat(models.passes()).isEqualTo(2);
            assertThat(models.predict(images()))
                    .allSatisfy(each -> assertThat(each.get(0)).isEqualTo(each.get(1)));
            assertThat(models.models().get(0).predict(images())).isEqualTo(first(models.predict(images())));
        }
    }

    @Test
    void anImageThatCannotBeReadEndsNothing() {
        List<Object> images = new ArrayList<>(List.of(new byte[] {1, 2, 3}, folder.resolve("none.png")));
        images.addAll(Collections.nCopies(40, images().get(0))); // more than a batch
        try (NumClip model = NumClip.open(FILE)) {
            List<Prediction> found = model.predict(images);
            assertThat(found.subList(0, 2)).allMatch(Prediction::isFailed);
            assertThat(found.subList(2, 42)).noneMatch(Prediction::isFailed).containsOnly(found.get(2));
        }
    }

    @Test
    void itsPredictionsAreShownAsAsked() {
        NumClip.Options options = NumClip.Options.defaults();
        try (NumClip model = NumClip.open(FILE, options.withAbstainAbove(1e-3));
                OnnxModel alone =
                        OnnxModel.open(FILE, OnnxModel.Options.defaults().withAbstainAbove(1e-3))) {
            Prediction found = model.predict(images().get(0));
            assertThat(found).isEqualTo(alone.predict(images().get(0)));
            assertThat(found.uncertainty()).matches(each -> each.abstained());
        }
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> NumClip.open(FILE, options.withInterval(IntervalForm.GROUP)))
                .withMessageStartingWith("the model has no intervals of the form group; it has ");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(
                        () -> OnnxModel.open(FILE, OnnxModel.Options.defaults().withInterval(IntervalForm.GROUP)))
                .withMessageStartingWith("the model has no intervals of the form group; it has ");
    }

    @Test
    void aClosedOnePredictsNothing() {
        NumClip model = NumClip.open(FILE);
        model.close();
        assertThatIllegalStateException().isThrownBy(() -> model.predict(images().get(0)));
    }

    @Test
    void whatAFileCannotDoIsRefusedAtOnce() {
        NumClip.Options options = NumClip.Options.defaults()
                .withDevice("cuda")
                .withPrecision(Precision.INT8)
                .withBackbone(folder)
                .withExplanations();
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> NumClip.open(FILE, options))
                .withMessageEndingWith("asked for: device cuda, precision int8, another CLIP, explanations")
                .returns(Kind.USAGE, NumClipException::kind);
    }

    @Test
    void whatIsNoModelIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        for (Map.Entry<Path, Kind> wrong : Map.of(text, Kind.DATA, folder.resolve("none.onnx"), Kind.MISSING)
                .entrySet()) {
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> NumClips.open(List.of(FILE, wrong.getKey())))
                    .returns(wrong.getValue(), NumClipException::kind);
        }
    }

    @Test
    void filesAreToldByTheEndingOfTheirNames() throws Exception {
        assertThat(ExportedModels.isOne(FILE)).isTrue();
        assertThat(ExportedModels.isOne(Path.of("AGE.ONNX"))).isTrue();
        assertThat(ExportedModels.isOne(Files.createDirectory(folder.resolve("run.onnx"))))
                .isFalse();
        assertThat(ExportedModels.name(Path.of("models/age.v2.onnx"))).isEqualTo("age.v2");
        assertThat(ExportedModels.name(folder.resolve("run.onnx"))).isEqualTo("run.onnx");
    }

    private static List<Prediction> first(List<List<Prediction>> predictions) {
        return predictions.stream().map(each -> each.get(0)).toList();
    }

    private static List<BufferedImage> images() {
        BufferedImage dark = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
        BufferedImage spotted = new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 600; i += 7) {
            spotted.setRGB(i % 20, i / 20, 0xFF8040 + i);
        }
        return List.of(dark, spotted);
    }
}
