package io.numclip.host.check;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.features.FeatureCache;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.message.PlainText;
import io.numclip.yardstick.NearestOther;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What may be wrong in a list of images with labels, by the features of an untrained image tower.
 *
 * @param images all of the list
 * @param error mean distance of the labels from what images of other parts say, in the unit of the scale
 * @param suspects the surest kind first, and of each kind the worst; an image may be there for more than one reason
 */
public record ListCheck(List<Placed> images, double error, List<Suspect> suspects) {

    /** Two that are nearer than this share of the usual distance to the nearest are nearly the same. */
    private static final double TWINS = 0.4;

    /** The same where they have other labels, as few have that are only alike. */
    private static final double TWINS_OF_OTHER_LABELS = 0.6;

    private static final int FEWEST_LABELS = 20;
    private static final double USUAL_SHARE = 0.05;
    private static final double NO_DOUBT = 0.5;

    /** Beyond the upper quartile by so many times what lies between the quartiles (Tukey 1977: far out). */
    private static final double FAR_OUT = 3;

    /** An image and its split. */
    public record Placed(LabeledImage image, Split split) {
        String name() {
            return image.name();
        }
    }

    public ListCheck {
        images = List.copyOf(images);
        suspects = List.copyOf(suspects);
    }

    /**
     * @param experiment not trained; all its splits are looked at
     * @param most how many images are named for their label at most; 0: one in twenty, or {@value #FEWEST_LABELS}
     * @param listener of the pass through the tower
     * @throws NumClipException if fewer than two images can be read, or all are of one group
     */
    public static ListCheck of(Experiment experiment, int most, FeatureCache.Listener listener) throws IOException {
        SeenImages seen = SeenImages.of(experiment, listener);
        int[] parts = seen.parts(experiment.config().protocol().group());
        Plausibility labels = Plausibility.of(
                seen.features(),
                seen.labels(),
                parts,
                experiment.model().imageTower().manager());
        Finding finding = new Finding(seen, labels, NearestOther.of(seen.features()), experiment.scale());
        List<Suspect> suspects = new ArrayList<>(finding.unreadable());
        suspects.addAll(finding.twins());
        suspects.addAll(finding.strange());
        int usual = (int) Math.max(FEWEST_LABELS, USUAL_SHARE * parts.length);
        suspects.addAll(finding.labels(most > 0 ? most : usual));
        suspects.sort(Comparator.comparing(Suspect::kind).thenComparingDouble(suspect -> -suspect.score()));
        return new ListCheck(seen.all(), labels.error(), suspects);
    }

    /** How many are suspected of this. */
    public long count(Suspect.Kind kind) {
        return suspects.stream().filter(suspect -> suspect.kind() == kind).count();
    }

    private record Finding(SeenImages seen, Plausibility labels, NearestOther nearest, LabelScale scale) {

        List<Suspect> unreadable() {
            List<Suspect> unreadable = new ArrayList<>();
            for (Placed each : seen.all()) {
                String why = seen.unreadable().get(each.name());
                if (why != null) {
                    unreadable.add(new Suspect(each.image(), each.split(), Suspect.Kind.UNREADABLE, null, 1, why));
                }
            }
            return unreadable;
        }

        /** With another label, or in another split. */
        List<Suspect> twins() {
            double usual = nearest.quantile(0.5);
            List<Suspect> twins = new ArrayList<>();
            for (int i = 0; i < seen.read().size(); i++) {
                Placed each = seen.read().get(i);
                Placed other = nearest(i);
                if (each.image().label() != other.image().label()) {
                    addTwin(twins, i, Suspect.Kind.TWIN, TWINS_OF_OTHER_LABELS * usual);
                } else if (each.split() != other.split()) {
                    addTwin(twins, i, Suspect.Kind.SPLIT, TWINS * usual);
                }
            }
            return twins;
        }

        private void addTwin(List<Suspect> twins, int i, Suspect.Kind kind, double near) {
            double distance = nearest.distance()[i];
            if (distance <= near) {
                Placed other = nearest(i);
                String reason = "nearly the same as " + other.name() + ", label "
                        + number(other.image().label()) + ", of " + other.split();
                twins.add(suspect(i, kind, near > 0 ? 1 - distance / near : 1, reason));
            }
        }

        List<Suspect> strange() {
            double upper = nearest.quantile(0.75);
            double far = upper + FAR_OUT * (upper - nearest.quantile(0.25));
            return IntStream.range(0, seen.read().size())
                    .filter(i -> nearest.distance()[i] > far)
                    .mapToObj(i -> suspect(
                            i,
                            Suspect.Kind.STRANGE,
                            1 - far / nearest.distance()[i],
                            "no other image is like it; the nearest is "
                                    + nearest(i).name()))
                    .toList();
        }

        List<Suspect> labels(int most) {
            return IntStream.range(0, seen.read().size())
                    .filter(i -> labels.doubts()[i] > NO_DOUBT)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -labels.doubts()[i]))
                    .limit(most)
                    .map(i -> suspect(
                            i,
                            Suspect.Kind.LABEL,
                            labels.doubts()[i],
                            "images like it have " + number(labels.likeliest()[i]) + ", not "
                                    + number(seen.read().get(i).image().label())))
                    .toList();
        }

        private Suspect suspect(int i, Suspect.Kind kind, double score, String reason) {
            Placed each = seen.read().get(i);
            return new Suspect(each.image(), each.split(), kind, labels.likeliest()[i], score, reason);
        }

        private Placed nearest(int i) {
            return seen.read().get(nearest.index()[i]);
        }

        private String number(double number) {
            return PlainText.number(number, scale);
        }
    }
}
