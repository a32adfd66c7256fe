package io.numclip.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.binning.ConceptBinning.Concept;
import io.numclip.binning.ConceptBinning.Representative;
import io.numclip.data.Bin;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.testing.BinningStrategyContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConceptBinningTest extends BinningStrategyContract<ConceptBinning.Config> {

    private static final List<Concept> AGES =
            List.of(new Concept("child", 6), new Concept("teenager", 16), new Concept("adult", 40));

    @Override
    protected ConceptBinning.Factory factory() {
        return new ConceptBinning.Factory();
    }

    @Override
    protected ConceptBinning.Config config() {
        return new ConceptBinning.Config(AGES, Representative.AT);
    }

    @Test
    void edgesLieHalfWayBetweenTheNumbers() {
        assertThat(factory().create(config(), scale()).fit(trainingLabels()))
                .containsExactly(
                        new Bin("child", 0, 11, 6), new Bin("teenager", 11, 28, 16), new Bin("adult", 28, 100, 40));
    }

    @Test
    void anchorMayComeFromTheLabels() {
        ConceptBinning.Config config = new ConceptBinning.Config(AGES, Representative.MEAN);
        assertThat(factory()
                        .create(config, scale())
                        .fit(new double[] {2, 4, 20, 60, 90})
                        .anchors())
                .containsExactly(3, 20, 75);
    }

    @Test
    void numbersMustIncrease() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConceptBinning.Config(
                        List.of(new Concept("old", 60), new Concept("young", 20)), Representative.AT))
                .withMessage("concepts must increase; found 'old' at 60.0 before 'young' at 20.0");
    }

    @Test
    void numbersMustLieOnTheScale() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory().create(config(), new LabelScale(0, 30, "years")))
                .withMessage("concepts must lie inside the scale of 0.0 to 30.0 years; found 'adult' at 40.0");
    }

    @Test
    void conceptsMustBeGiven() {
        assertThatThrownBy(() -> factory().create(factory().defaults(), scale()))
                .isInstanceOf(NumClipException.class)
                .hasMessage("the binning 'concepts' has no concepts");
    }
}
