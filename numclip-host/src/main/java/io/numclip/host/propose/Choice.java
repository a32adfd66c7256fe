package io.numclip.host.propose;

import java.util.Comparator;
import java.util.List;

/**
 * Which of the tried candidates is proposed. The best of those that leave the image tower as it is stands against the best of the
 * others, which have had a part of their training only: by so much as whole trainings were better than tried ones, they may be
 * worse, if they are better than always the same number beyond chance. What is not learns nothing here.
 *
 * @param constants MAE of always the same number on each part
 * @param images to train on
 * @param groups whether images are of groups, and parts of different ones: what is learned longer fits those that are there
 */
record Choice(List<TrialPart> parts, List<Double> constants, int images, boolean groups) {

    /** By how much changed images may be worse than others after a moment of training, and are still chosen. */
    private static final double WARPED = 1.1;

    /** The same of a tower beside what is not trained; whole trainings were up to eight times better than tried ones. */
    private static final double LEARNED = 1.5;

    /** With few images a tower is given up only for what is better by so many standard errors; one where there are more. */
    private static final double STANDARD_ERRORS = 3;

    /** @param tried both those that leave the image tower as it is and others, in their order */
    Tried of(List<Tried> tried) {
        Tried still =
                best(tried.stream().filter(each -> each.candidate().isFrozen()).toList());
        Tried learned = learned(
                tried.stream().filter(each -> !each.candidate().isFrozen()).toList());
        List<TrialPart> seen = parts.subList(0, learned.parts());
        double factor = groups || !isLearning(learned.error(seen), seen) ? 1 : LEARNED;
        double other = still.error(seen);
        boolean isLearned = other > 0 && isPreferred(learned.error(seen), other, factor, learned.done(), chance(seen));
        return isLearned ? learned : still;
    }

    /** Whether an error on these parts is better than that of always the same number, beyond chance. */
    private boolean isLearning(double error, List<TrialPart> seen) {
        return error * chance(TrialPart.predictions(seen), 1) < TrialPart.mean(seen, constants::get);
    }

    private Tried best(List<Tried> tried) {
        return tried.stream()
                .min(Comparator.comparingDouble(each -> each.error(parts)))
                .orElseThrow();
    }

    /** The tower of a CLIP, or a network without one, which is smaller, where that is better or chance may be the difference. */
    private Tried learned(List<Tried> tried) {
        Tried tower = tower(
                tried.stream().filter(each -> !each.candidate().isWithoutClip()).toList());
        return tried.stream()
                .filter(each -> each.candidate().isWithoutClip())
                .filter(each -> isNoWorse(each, tower, both(each, tower)))
                .findFirst()
                .orElse(tower);
    }

    /** Beyond chance, of few images at all. */
    private boolean isNoWorse(Tried network, Tried tower, List<TrialPart> both) {
        double byChance = images < Candidate.FEW_IMAGES ? 1 : chance(both);
        return ending(network, both) < byChance * ending(tower, both);
    }

    /** What an error may come to by the end of the training. */
    private double ending(Tried tried, List<TrialPart> some) {
        return tried.error(some) * Math.pow(groups ? 1 : LEARNED, tried.done() - 1);
    }

    private List<TrialPart> both(Tried one, Tried other) {
        return parts.subList(0, Math.min(one.parts(), other.parts()));
    }

    /** Of two, the second where the first is worse beyond what a moment of training, or chance, explains. */
    private Tried tower(List<Tried> towers) {
        Tried first = towers.get(0);
        if (towers.size() == 1) {
            return first;
        }
        Tried second = towers.get(1);
        List<TrialPart> both = both(first, second);
        // changes stand in for groups, and for images, up to as many as are tried
        boolean pays = images >= Course.SOME_IMAGES && (groups || images <= TrialPart.MOST_TRAINED);
        double factor = pays ? WARPED : 1;
        return isPreferred(first.error(both), second.error(both), factor, first.done(), chance(both)) ? first : second;
    }

    /**
     * Also where both diverged. With a factor of 1 the late one must be as good. Otherwise it must not be worse beyond chance, too.
     *
     * @param done the share of the whole training that the late one has had
     * @param chance by what factor chance may make it worse
     */
    static boolean isPreferred(double late, double early, double factor, double done, double chance) {
        double byChance = factor > 1 ? chance : 1;
        return late <= byChance * Math.pow(factor, 1 - done) * early;
    }

    private double chance(List<TrialPart> some) {
        return chance(TrialPart.predictions(some), images < Candidate.FEW_IMAGES ? STANDARD_ERRORS : 1);
    }

    /**
     * By what factor chance may make the mean error of n images worse than another of the same images. The errors of one image are
     * half alike and their spread is about their mean, so the logarithm of the factor has a standard error of about 1/√n.
     */
    static double chance(int predictions, double standardErrors) {
        return Math.exp(standardErrors / Math.sqrt(predictions));
    }
}
