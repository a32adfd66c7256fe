package io.numclip.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.testing.BinningStrategyContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixedBinningTest extends BinningStrategyContract<FixedBinning.Config> {

    private static final List<FixedBinning.Concept> AGES = List.of(
            new FixedBinning.Concept("child", 13.0),
            new FixedBinning.Concept("teenager", 19.0),
            new FixedBinning.Concept("young adult", 35.0),
            new FixedBinning.Concept("older adult", null));

    @Override
    protected FixedBinning.Factory factory() {
        return new FixedBinning.Factory();
    }

    @Override
    protected FixedBinning.Config config() {
        return new FixedBinning.Config(AGES, Anchor.MEAN);
    }

    @Test
    void edgesAndWordsAreTheUsers() {
        Bins bins = fit(Anchor.MEAN, 2, 4, 12, 13, 18, 34, 35, 99);
        assertThat(bins)
                .containsExactly(
                        new Bin("child", 0, 13, 6),
                        new Bin("teenager", 13, 19, 15.5),
                        new Bin("young adult", 19, 35, 34),
                        new Bin("older adult", 35, 100, 67));
    }

    @Test
    void anchorIsWhatTheUserChose() {
        double[] labels = {2, 4, 12, 13, 18, 18, 20, 34};
        assertThat(fit(Anchor.MEAN, labels).anchors()).containsExactly(6, 49 / 3.0, 27, 67.5);
        assertThat(fit(Anchor.MEDIAN, labels).anchors()).containsExactly(4, 18, 27, 67.5);
        assertThat(fit(Anchor.MIDPOINT, labels).anchors()).containsExactly(6.5, 16, 27, 67.5);
        assertThat(fit(Anchor.LEFT_EDGE, labels).anchors()).containsExactly(0, 13, 19, 35);
    }

    @Test
    void labelsOutsideTheScaleBelongToTheEnds() {
        assertThat(fit(Anchor.MEAN, -50, 40, 500).anchors()).containsExactly(0, 16, 27, 100);
    }

    @Test
    void edgeOutsideTheScaleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory().create(config(), new LabelScale(0, 30, "years")))
                .withMessage("bins must lie inside the scale of 0.0 to 30.0 years; found 'young adult' below 35.0");
    }

    @Test
    void binsMustIncrease() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(
                        new FixedBinning.Concept("old", 20.0),
                        new FixedBinning.Concept("young", 10.0),
                        new FixedBinning.Concept("rest", null)))
                .withMessage("bins must increase; found 'old' below 20.0 before 'young' below 10.0");
    }

    @Test
    void onlyTheLastBinIsOpen() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> config(new FixedBinning.Concept("young", null), new FixedBinning.Concept("old", null)))
                .withMessage("bins must each have 'below', except the last; found none for 'young'");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> config(new FixedBinning.Concept("young", 10.0), new FixedBinning.Concept("old", 20.0)))
                .withMessage(
                        "bins must end with a bin without 'below', which reaches the top of the scale; found 'old' below 20.0");
    }

    @Test
    void binsNeedWordsOfTheirOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> config(new FixedBinning.Concept("young", 10.0), new FixedBinning.Concept("young", null)))
                .withMessage("concepts needs different words; found [young, young]");
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedBinning.Concept(" ", 10.0));
    }

    @Test
    void binsMustBeGiven() {
        assertThatThrownBy(() -> factory().create(factory().defaults(), scale()))
                .isInstanceOf(NumClipException.class)
                .hasMessage("the binning 'fixed' has no bins");
    }

    private static FixedBinning.Config config(FixedBinning.Concept... bins) {
        return new FixedBinning.Config(List.of(bins), Anchor.MEAN);
    }

    private Bins fit(Anchor anchor, double... labels) {
        return factory().create(new FixedBinning.Config(AGES, anchor), scale()).fit(labels);
    }
}
