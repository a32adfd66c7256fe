package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Projection;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The row of numbers that an image tower gives for an image. It begins with the vector of the joint space; heads that compare
 * with no words get the numbers behind it, if there are some.
 *
 * @param jointWidth D, the width of the joint space
 * @param headWidth E, how many numbers those heads get
 * @param tapped the layers, counted from 1, whose class tokens and means of patches come behind the pooled token
 */
public record FeatureLayout(Choice choice, int jointWidth, int headWidth, List<Integer> tapped) {

    private static final int FEW_LAYERS = 6;
    private static final int QUARTERS = 4;

    /** What heads that compare with no words get of an image. */
    public enum Choice {
        /** The vector of the joint space. */
        PROJECTED,
        /** The token that stands for the image, as it is before the projection; without a projection, the same as that. */
        POOLED,
        /**
         * The pooled token, and of layers before the last the class token, if there is one, and the mean of the patches, each of
         * length 1: of all layers in towers of up to six, else of those that end the first three quarters.
         */
        LAYERS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public FeatureLayout {
        tapped = List.copyOf(tapped);
    }

    /** @throws NumClipException if there is a choice, but no transformer to choose from */
    static FeatureLayout of(Choice choice, ClipConfig config) {
        ClipConfig.Vision vision = config.vision();
        int joint = config.projectionDim();
        if (choice == Choice.PROJECTED) {
            return new FeatureLayout(choice, joint, joint, List.of());
        }
        if (!vision.hasNetwork() || vision.isConvolutional()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "backbone.features: expected projected, because plain pixels and small networks have neither tokens nor a projection; found "
                            + choice,
                    "Leave backbone.features out, or name a CLIP as backbone.model.");
        }
        int width = vision.hiddenSize();
        if (choice == Choice.POOLED) {
            return vision.form().projection() == Projection.NONE
                    ? of(Choice.PROJECTED, config)
                    : new FeatureLayout(choice, joint, width, List.of());
        }
        List<Integer> tapped = tapped(vision.layers());
        int parts = vision.form().classToken() ? 2 : 1;
        return new FeatureLayout(choice, joint, width * (1 + parts * tapped.size()), tapped);
    }

    private static List<Integer> tapped(int layers) {
        return layers <= FEW_LAYERS
                ? IntStream.range(1, layers).boxed().toList()
                : IntStream.range(1, QUARTERS)
                        .mapToObj(quarter -> layers * quarter / QUARTERS)
                        .toList();
    }

    /** Whether the pooled token, and perhaps more, comes behind the vector of the joint space. */
    public boolean hasMore() {
        return choice != Choice.PROJECTED;
    }

    /** How many numbers a row has. */
    public int width() {
        return jointWidth + (hasMore() ? headWidth : 0);
    }

    /** Where in a row the numbers for the heads begin. */
    public int headStart() {
        return width() - headWidth;
    }

    /** (N, D) of rows. */
    public NDArray joint(NDArray rows) {
        return hasMore() ? rows.get(new NDIndex(":, :{}", jointWidth)) : rows;
    }

    /** (N, E) of rows. */
    public NDArray heads(NDArray rows) {
        return hasMore() ? rows.get(new NDIndex(":, {}:", headStart())) : rows;
    }
}
