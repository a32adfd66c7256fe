package io.numclip.host.assembly;

import io.numclip.clip.tower.FeatureLayout;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.host.config.Configured;
import io.numclip.host.config.ConfiguredLoss;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.plugin.ClosedClassException;
import io.numclip.model.NumClipModel.Heads;
import io.numclip.spi.BinningStrategy;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.NumberPrompts;
import io.numclip.spi.OrdinalTask;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.RegionFinder;
import io.numclip.training.WeightedLoss;
import java.util.List;
import java.util.function.Supplier;

/** Creates components from their factories and settings. The binder has filled the settings for the same factory. */
@SuppressWarnings("unchecked") // so the settings can be cast to the factory's own record
public final class Components {

    private Components() {}

    /** The task of an experiment, with its images where a finder of regions sees them. */
    public static OrdinalTask task(ExperimentConfig config) {
        OrdinalTask task = task(config.task());
        Configured<RegionFinder.Factory<?>> regions = config.regions();
        return regions == null ? task : new TaskRegions(task, regions);
    }

    /** Opens what finds regions. */
    static RegionFinder regionFinder(Configured<RegionFinder.Factory<?>> chosen) {
        RegionFinder.Factory<Record> factory = (RegionFinder.Factory<Record>) chosen.factory();
        return checked("regions", chosen, () -> factory.create(chosen.settings()));
    }

    /** Without a finder of regions. */
    public static OrdinalTask task(Configured<OrdinalTask.Factory<?>> chosen) {
        OrdinalTask.Factory<Record> factory = (OrdinalTask.Factory<Record>) chosen.factory();
        OrdinalTask task = checked("task", chosen, () -> factory.create(chosen.settings()));
        if (task.scale() == null) {
            throw new BrokenContractException(task, "has no scale: it is null");
        }
        return task;
    }

    public static BinningStrategy binning(Configured<BinningStrategy.Factory<?>> chosen, LabelScale scale) {
        return binning("binning", chosen, scale);
    }

    /** That of the number words of the untrained CLIP. */
    public static BinningStrategy numberWords(ExperimentConfig.ZeroShot zeroShot, LabelScale scale) {
        return binning("zeroShot.binning", zeroShot.binning(), scale);
    }

    private static BinningStrategy binning(
            String section, Configured<BinningStrategy.Factory<?>> chosen, LabelScale scale) {
        BinningStrategy.Factory<Record> factory = (BinningStrategy.Factory<Record>) chosen.factory();
        return checked(section, chosen, () -> factory.create(chosen.settings(), scale));
    }

    public static NumberPrompts prompts(Configured<NumberPrompts.Factory<?>> chosen) {
        NumberPrompts.Factory<Record> factory = (NumberPrompts.Factory<Record>) chosen.factory();
        return checked("prompts", chosen, () -> factory.create(chosen.settings()));
    }

    /** The head with the settings for this many training images. */
    static Configured<CoarseHead.Factory<?>> forImages(Configured<CoarseHead.Factory<?>> chosen, int trainingImages) {
        CoarseHead.Factory<Record> factory = (CoarseHead.Factory<Record>) chosen.factory();
        return new Configured<>(factory, factory.forImages(chosen.settings(), trainingImages));
    }

    /** Both heads of a model whose image tower gives such rows. */
    public static Heads heads(
            Configured<CoarseHead.Factory<?>> coarse,
            Configured<FineHead.Factory<?>> fine,
            Bins classes,
            FeatureLayout layout) {
        boolean readsTexts = coarse.factory().readsTexts();
        int width = readsTexts ? layout.jointWidth() : layout.headWidth();
        return new Heads(
                coarseHead(coarse, new HeadContext(classes, width)),
                fineHead(fine, new HeadContext(classes, layout.headWidth())),
                readsTexts);
    }

    private static CoarseHead coarseHead(Configured<CoarseHead.Factory<?>> chosen, HeadContext context) {
        CoarseHead.Factory<Record> factory = (CoarseHead.Factory<Record>) chosen.factory();
        return checked("coarseHead", chosen, () -> factory.create(chosen.settings(), context));
    }

    public static FineHead fineHead(Configured<FineHead.Factory<?>> chosen, HeadContext context) {
        FineHead.Factory<Record> factory = (FineHead.Factory<Record>) chosen.factory();
        return checked("fineHead", chosen, () -> factory.create(chosen.settings(), context));
    }

    /** A loss of weight 0 is off: it is not even created. */
    static List<WeightedLoss> losses(List<ConfiguredLoss> chosen, RankingLoss.Context context) {
        return chosen.stream()
                .filter(loss -> loss.weight() > 0)
                .map(loss -> new WeightedLoss(loss.type(), loss.weight(), loss(loss.loss(), context)))
                .toList();
    }

    private static RankingLoss loss(Configured<RankingLoss.Factory<?>> chosen, RankingLoss.Context context) {
        RankingLoss.Factory<Record> factory = (RankingLoss.Factory<Record>) chosen.factory();
        return checked("losses", chosen, () -> factory.create(chosen.settings(), context));
    }

    /** Makes an error in the configuration of what a factory refuses, such as bins outside the label scale. */
    private static <T> T checked(String section, Configured<?> chosen, Supplier<T> creation) {
        try {
            T made = creation.get();
            if (made == null) {
                throw new BrokenContractException(chosen.factory(), "makes null, expected is a component");
            }
            return made;
        } catch (IllegalArgumentException refusal) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    section + " (" + chosen.type() + "): " + refusal.getMessage(),
                    "correct the section '" + section + "' of the configuration",
                    refusal);
        } catch (LinkageError failure) {
            throw ClosedClassException.within(failure).orElseThrow(() -> failure);
        }
    }
}
