package io.numclip.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.testing.BinningStrategyContract;
import io.numclip.testing.CoarseHeadContract;
import io.numclip.testing.FineHeadContract;
import io.numclip.testing.NumberPromptsContract;
import io.numclip.testing.OrdinalTaskContract;
import io.numclip.testing.RankingLossContract;
import io.numclip.testing.RegionFinderContract;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each contract finds the mistake that it is made for, and says what to do about it. */
class ContractsTest {

    /** The broken components have no {@code @Extension}, so that no host finds them: every contract reports it. */
    private static final String NOT_AN_EXTENSION = "hostCanFindTheFactory";

    @Test
    void headThatForgetsAGradient() {
        Map<String, String> failures = failures(ForgetfulHeadCase.class);
        assertThat(failures).containsOnlyKeys(NOT_AN_EXTENSION, "gradientReachesEveryParameter");
        assertThat(failures.get("gradientReachesEveryParameter"))
                .contains("parameter 'shift' got no gradient: use it in forwardInternal()")
                .contains("or do not register it with addParameter()");
    }

    @Test
    void headWhoseParameterMeetsAPlainNumber() {
        Map<String, Class<?>> cases = Map.of("fine", PlainNumberFineCase.class, "coarse", PlainNumberCoarseCase.class);
        cases.forEach((kind, contract) -> {
            Map<String, String> failures = failures(contract);
            assertThat(failures).as(kind).containsOnlyKeys(NOT_AN_EXTENSION, "gradientsSurviveAGarbageCollection");
            assertThat(failures.get("gradientsSurviveAGarbageCollection"))
                    .as(kind)
                    .contains("the gradient of parameter 'weight' is wrong after a garbage collection")
                    .contains("take no plain numbers as operands of mul");
        });
    }

    @Test
    void lossThatIsNotANumberOnEqualLabels() {
        Map<String, String> failures = failures(SpreadLossCase.class);
        assertThat(failures)
                .containsOnlyKeys(
                        NOT_AN_EXTENSION,
                        "equalLabelsGiveFiniteLossAndGradients",
                        "oneImageAloneGivesFiniteLossAndGradients");
        assertThat(failures.get("equalLabelsGiveFiniteLossAndGradients"))
                .contains("the loss must be finite for a batch of equal labels")
                .contains("a sum of label distances is 0 there; do not divide by it alone")
                .contains("found NaN");
    }

    @Test
    void lossThatSumsWhereItShouldAverage() {
        assertThat(failures(SpreadLossAsMeanCase.class).get("batchIsTheMeanOfItsImages"))
                .contains("use mean(), not sum()")
                .contains("override isMeanOverImages() to return false");
    }

    @Test
    void binningWithAGap() {
        assertThat(failures(GappedBinningCase.class).get("binsCoverTheWholeScale"))
                .contains("bin 'much' must begin where 'little' ends; found 60.0 and 40.0")
                .contains("return bins that touch, each beginning where the one before ends");
    }

    @Test
    void binningThatLeavesOutTheBottomOfTheScale() {
        Map<String, String> failures = failures(LateBinningCase.class);
        assertThat(failures.get("binsCoverTheWholeScale"))
                .contains("labels below the first bin belong to no bin: begin it at the bottom of the scale");
        assertThat(failures.get("everyLabelLiesInItsBin")).contains("a label must lie in its bin");
    }

    @Test
    void promptsWithAMissingBin() {
        Map<String, String> failures = failures(ShortPromptsCase.class);
        assertThat(failures).containsOnlyKeys(NOT_AN_EXTENSION, "everyWordingHasAPromptForEveryBin");
        assertThat(failures.get("everyWordingHasAPromptForEveryBin"))
                .contains("4 prompts for 5 bins: return one prompt per bin, in the order of the bins");
    }

    @Test
    void taskWhoseTwoCallsDiffer() {
        Map<String, String> failures = failures(DriftingTaskCase.class);
        assertThat(failures.get("sameCallGivesTheSameList"))
                .contains("two calls of images(TRAIN) gave different lists: keep a fixed order")
                .contains("take everything random from a seed in the settings");
        assertThat(failures.get("recipeHasTheTasksTypeAndWords"))
                .contains("there is no recipe: write src/main/resources/numclip/drifting.yaml");
    }

    @Test
    void taskThatDoesNotLookAtTheFold() {
        Map<String, String> failures = failures(DriftingTaskCase.class);
        assertThat(failures.get("firstFoldIsTheOneOfACallWithoutFold"))
                .contains("images(train) must give the images of the first fold, 1");
        assertThat(failures.get("splitsOfAFoldShareNoImage"))
                .contains("fold 1: image test-0 appears twice or in two splits");
        assertThat(failures.get("unknownFoldIsRefused"))
                .contains("must throw IllegalArgumentException for a fold that folds() does not have");
    }

    @Test
    void finderThatGoesBeyondThePicture() {
        Map<String, String> failures = failures(BrokenFinderCase.class);
        assertThat(failures)
                .containsOnlyKeys(
                        NOT_AN_EXTENSION,
                        "regionsLieInThePicture",
                        "theMostConfidentComesFirst",
                        "theSamePictureHasTheSameRegions");
        assertThat(failures.get("regionsLieInThePicture")).contains("cut what goes beyond the edge of the picture");
    }

    @Test
    void factoryThatNoHostFinds() {
        assertThat(failures(ShortPromptsCase.class).get(NOT_AN_EXTENSION))
                .contains("annotate io.numclip.kit.ShortPrompts$Factory with @Extension")
                .contains("let PF4J's annotation processor run");
    }

    /** Runs a contract; returns the message of each failed check, by its name. */
    private static Map<String, String> failures(Class<?> contract) {
        Map<String, String> failures = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute().testEvents().failed().stream()
                .forEach(event -> failures.put(check(event), message(event)));
        return failures;
    }

    private static String check(Event event) {
        return ((MethodSource) event.getTestDescriptor().getSource().orElseThrow()).getMethodName();
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    static class ForgetfulHeadCase extends FineHeadContract<ForgetfulHead.Config> {
        @Override
        protected ForgetfulHead.Factory factory() {
            return new ForgetfulHead.Factory();
        }
    }

    static class PlainNumberFineCase extends FineHeadContract<PlainNumberHead.Config> {
        @Override
        protected PlainNumberHead.Fine.Factory factory() {
            return new PlainNumberHead.Fine.Factory();
        }
    }

    static class PlainNumberCoarseCase extends CoarseHeadContract<PlainNumberHead.Config> {
        @Override
        protected PlainNumberHead.Coarse.Factory factory() {
            return new PlainNumberHead.Coarse.Factory();
        }
    }

    static class SpreadLossCase extends RankingLossContract<SpreadLoss.Config> {
        @Override
        protected SpreadLoss.Factory factory() {
            return new SpreadLoss.Factory();
        }

        @Override
        protected boolean isMeanOverImages() {
            return false;
        }
    }

    static class SpreadLossAsMeanCase extends RankingLossContract<SpreadLoss.Config> {
        @Override
        protected SpreadLoss.Factory factory() {
            return new SpreadLoss.Factory();
        }
    }

    static class GappedBinningCase extends BinningStrategyContract<BrokenBinning.Config> {
        @Override
        protected BrokenBinning.Factory factory() {
            return new BrokenBinning.Factory();
        }
    }

    static class LateBinningCase extends GappedBinningCase {
        @Override
        protected BrokenBinning.Config config() {
            return new BrokenBinning.Config(20, 50, 50);
        }
    }

    static class ShortPromptsCase extends NumberPromptsContract<ShortPrompts.Config> {
        @Override
        protected ShortPrompts.Factory factory() {
            return new ShortPrompts.Factory();
        }
    }

    static class BrokenFinderCase extends RegionFinderContract<BrokenFinder.Config> {
        @Override
        protected BrokenFinder.Factory factory() {
            return new BrokenFinder.Factory();
        }
    }

    static class DriftingTaskCase extends OrdinalTaskContract<DriftingTask.Config> {
        @Override
        protected DriftingTask.Factory factory() {
            return new DriftingTask.Factory();
        }

        @Override
        protected Bins concepts() {
            return new Bins(List.of(new Bin("few", 0, 5, 2), new Bin("many", 5, 10, 7)));
        }
    }
}
