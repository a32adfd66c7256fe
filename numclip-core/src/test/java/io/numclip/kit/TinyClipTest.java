package io.numclip.kit;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.head.ExpectationHead;
import io.numclip.model.NumClipModel;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.NumClipOutput;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyClipTest {

    private static final Bins BINS =
            new Bins(List.of(new Bin("few", 0, 3, 1), new Bin("several", 3, 8, 5), new Bin("many", 8, 20, 12)));

    @TempDir
    private Path folder;

    @Test
    void carriesAWholeModel() throws IOException {
        try (NumClipModel model = TinyClip.in(folder).model(BINS, head());
                NDManager scope = model.imageTower().manager().newSubManager()) {
            int side = ClipDirectory.preprocessor(folder).height();
            NumClipOutput output = model.forward(scope.ones(new Shape(3, 3, side, side)), false);
            assertThat(output.value()).hasShape(3).isFinite();
            assertThat(output.logits()).hasShape(3, BINS.size()).isFinite();
            assertThat(output.textFeatures()).hasShape(BINS.size(), TinyClip.EMBED_DIM);
        }
    }

    @Test
    void isTheSameEveryTime() throws IOException {
        assertThat(TinyClip.in(folder.resolve("one")).base().fingerprint())
                .isEqualTo(TinyClip.in(folder.resolve("two")).base().fingerprint());
    }

    @Test
    void conceptsHaveFeaturesOfTheirOwn() throws IOException {
        try (NumClipModel model = TinyClip.in(folder).model(BINS, head())) {
            double child =
                    model.prototypes().get(0).dot(model.prototypes().get(1)).getFloat();
            assertThat(child).isLessThan(0.999);
        }
    }

    private static FineHead head() {
        return new ExpectationHead.Factory()
                .create(new ExpectationHead.Config(), new HeadContext(BINS, TinyClip.EMBED_DIM));
    }
}
