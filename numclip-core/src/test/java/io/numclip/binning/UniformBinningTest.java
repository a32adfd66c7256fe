package io.numclip.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.testing.BinningStrategyContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class UniformBinningTest extends BinningStrategyContract<UniformBinning.Config> {

    @Override
    protected UniformBinning.Factory factory() {
        return new UniformBinning.Factory();
    }

    @Override
    protected UniformBinning.Config config() {
        return new UniformBinning.Config(List.of("none", "few", "many"), Anchor.MIDPOINT);
    }

    @Test
    void widthsAreEqual() {
        assertThat(factory().create(config(), new LabelScale(-3, 6, "degrees")).fit(new double[] {1}))
                .containsExactly(new Bin("none", -3, 0, -1.5), new Bin("few", 0, 3, 1.5), new Bin("many", 3, 6, 4.5));
    }

    @Test
    void outerEdgesAreExactlyTheScale() {
        LabelScale scale = new LabelScale(0.1, 0.7, "metres");
        Bins bins = factory().create(config(), scale).fit(new double[] {0.3});
        assertThat(bins.get(0).lower()).isEqualTo(0.1);
        assertThat(bins.get(2).upper()).isEqualTo(0.7);
    }

    @Test
    void oneConceptIsTooFew() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UniformBinning.Config(List.of("all"), Anchor.MEAN))
                .withMessage("concepts needs at least 2 words; found 1");
    }
}
