package io.numclip.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.clip.Precision;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.host.NumClip;
import io.numclip.host.config.ConfiguredLoss;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.run.TrainedModel;
import io.numclip.input.PixelPool;
import io.numclip.spi.OrdinalTask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What worked with plugin interface 1.0.0 still works: see {@code docs/decisions/0005-compatibility.md}. */
class CompatibilityTest {

    /** What the stored model said of the first images when it was stored. */
    private static final double[] VALUES = {61.40924, 61.52571, 61.41348, 61.56676, 61.42192, 61.43045};

    /** What the stored run said of them. */
    private static final double[] VALUES_OF_THE_RUN = {30.03605, 34.43412, 66.31635, 41.77340, 29.02529, 6.67136};

    private static final int GLASS_PIXEL = 0xff38d948;

    @TempDir
    private Path root;

    @Test
    void storedPluginBringsAllItsComponents() throws IOException {
        PluginCatalog catalog = CompatibilityFiles.catalog(root);
        assertThat(catalog.refusals()).isEmpty();
        assertThat(catalog.components())
                .filteredOn(component -> component.origin().equals("plugin fill-level 1.0.0"))
                .extracting(Component::type)
                .containsExactlyInAnyOrder("fill-level", "moving-anchors", "pair-order");
    }

    @Test
    void storedTaskDrawsTheSameImages() throws IOException {
        List<LabeledImage> images = task(CompatibilityFiles.catalog(root)).images(Split.TEST);
        assertThat(images).hasSize(100);
        assertThat(images.get(3).label()).isEqualTo(94);
        BufferedImage glass = images.get(3).source().read();
        assertThat(glass.getRGB(48, 60)).isEqualTo(GLASS_PIXEL);
    }

    @Test
    void storedModelPredictsTheSame() throws IOException {
        PluginCatalog catalog = CompatibilityFiles.catalog(root);
        List<LabeledImage> images = task(catalog).images(Split.TEST);
        TrainedModel.Options options =
                new TrainedModel.Options("cpu", Precision.FP32, CompatibilityFiles.CLIP.toString());
        try (TrainedModel model = TrainedModel.open(CompatibilityFiles.MODEL, catalog, options)) {
            assertThat(model.scale().unit()).isEqualTo("percent");
            PixelPool pool = new PixelPool(List.of(model.predictor().preprocessor()));
            for (int i = 0; i < VALUES.length; i++) {
                PixelPool.Image image = pool.read(images.get(i).source());
                List<Prediction> found = pool.look(List.of(image), model.predictor()::predict);
                assertThat(found.get(0).value()).isCloseTo(VALUES[i], within(1e-3));
            }
        }
    }

    @Test
    void storedRunPredictsTheSame() throws IOException {
        PluginCatalog catalog = CompatibilityFiles.catalog(root);
        List<LabeledImage> images = task(catalog).images(Split.TEST);
        NumClip.Options options = NumClip.Options.defaults().withDevice("cpu").withPrecision(Precision.FP32);
        try (NumClip model = NumClip.open(CompatibilityFiles.RUN, catalog, options)) {
            assertThat(model.isCalibrated()).isTrue();
            double[] values = new double[VALUES_OF_THE_RUN.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = model.predict(images.get(i).source().read()).value();
            }
            assertThat(values).containsExactly(VALUES_OF_THE_RUN, within(1e-3));
        }
    }

    /** The folder has every setting, spelled out. */
    @Test
    void everySettingOfTheStoredRunIsRead() throws IOException {
        ExperimentConfig config = new ExperimentReader(CompatibilityFiles.catalog(root))
                .read(CompatibilityFiles.RUN.resolve("config.yaml").toString(), List.of());
        assertThat(config.training().epochs()).isEqualTo(2);
        assertThat(config.fineHead().type()).isEqualTo("moving-anchors");
        assertThat(config.losses())
                .extracting(ConfiguredLoss::type)
                .containsExactly("ranking-ce", "absolute-error", "pair-order");
    }

    private static OrdinalTask task(PluginCatalog catalog) {
        return create((OrdinalTask.Factory<?>)
                catalog.component(ComponentKind.TASK, "fill-level").factory());
    }

    private static <C extends Record> OrdinalTask create(OrdinalTask.Factory<C> factory) {
        return factory.create(factory.defaults());
    }
}
