package io.numclip.host.propose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A way to learn that may be proposed.
 *
 * @param title as in tables
 * @param remark what a reader of the file should know of it
 * @param backbone settings of what sees an image, by name; none: the embedded CLIP, as usual
 * @param method YAML lines that choose the method; empty: NumCLIP
 * @param rates learning rates, by name
 */
record Candidate(
        String title,
        String remark,
        Map<String, String> backbone,
        String method,
        Map<String, String> rates,
        Course course) {

    /** Fewer images are learned best at the high rate. */
    static final int FEW_IMAGES = 100;

    private static final Map<String, String> PIXELS = Map.of("model", "pixels");
    private static final Map<String, String> FEATURES = Map.of();
    private static final Map<String, String> LAYERS = Map.of("features", "layers");
    private static final Map<String, String> SMALL_NETWORK = Map.of("model", "small-network");

    private static final String NEIGHBOURS = "method: neighbours";

    /** The mean of a 4 and a 9 that look alike is no answer. */
    private static final String LIKELIEST = "\nfineHead: {type: likeliest}";

    Candidate {
        backbone = new TreeMap<>(backbone);
        rates = new TreeMap<>(rates);
    }

    /** What costs next to nothing, simplest first: the image tower stays as it is, and each image goes through it once. */
    static List<Candidate> frozen(int images, boolean keepsLast) {
        Course course = Course.of(images, keepsLast);
        return List.of(
                neighbours("no CLIP", "pixels", PIXELS),
                kernel("no CLIP", "pixels", PIXELS, true),
                kernel("no CLIP", "pixels", PIXELS, false),
                neighbours("no training", "features", FEATURES),
                kernel("no training", "features", FEATURES, true),
                kernel("no training", "features", FEATURES, false),
                kernel("no training", "layers", LAYERS, true),
                kernel("no training", "layers", LAYERS, false),
                new Candidate(
                        "no words: linear over numbers, of layers",
                        "A linear head over all numbers, on features of all layers.",
                        LAYERS,
                        "method: dldl-v2",
                        Map.of("imageEncoder", "0", "coarseHead", "1e-2"),
                        course),
                numclip("image tower as it is", "0", "1e-2", course));
    }

    private static Candidate neighbours(String without, String sight, Map<String, String> backbone) {
        String remark = "An image gets the number of the training images whose %s are most alike.".formatted(sight);
        return atOnce(without + ": nearest neighbours of " + sight, remark, backbone, NEIGHBOURS);
    }

    private static Candidate kernel(String without, String sight, Map<String, String> backbone, boolean likeliest) {
        String title = without + ": kernel ridge of " + sight + (likeliest ? ", likeliest" : ", median");
        String seen = backbone.equals(LAYERS) ? "features of all layers" : sight;
        String remark = "Kernel ridge regression of all numbers at once, on %s.".formatted(seen);
        return atOnce(title, remark, backbone, "method: kernel" + (likeliest ? LIKELIEST : ""));
    }

    private static Candidate atOnce(String title, String remark, Map<String, String> backbone, String method) {
        return new Candidate(title, remark, backbone, method, Map.of("imageEncoder", "0"), Course.NONE);
    }

    /**
     * The image tower learns, by the number of images, best guess first: fewer are learned best at the high rate, up to the last
     * epoch; more, unless they are learned fast, at the low one; from {@link Course#SOME_IMAGES} changes may pay or not. Then a
     * network without a CLIP, which learns labels only: from an error of the mean it would learn to answer the median.
     */
    static List<Candidate> learning(int images, boolean keepsLast) {
        Course course = Course.of(images, keepsLast);
        Candidate fast = tower(1e-3, course.warped());
        List<Candidate> learning = new ArrayList<>();
        if (images < Course.MANY_IMAGES) {
            learning.add(fast);
        }
        if (images >= FEW_IMAGES && images < Course.SOME_IMAGES) {
            learning.add(0, tower(3e-4, course.warped()));
        }
        if (images >= Course.SOME_IMAGES) {
            learning.add(tower(1e-3, course));
        }
        learning.add(new Candidate(
                "no CLIP: small network, images warped",
                "A small network that has seen nothing but these images.",
                SMALL_NETWORK,
                "method: dldl",
                Map.of("imageEncoder", "3e-4", "coarseHead", "1e-3"),
                Course.fromScratch(images)));
        return List.copyOf(learning);
    }

    private static Candidate tower(double rate, Course course) {
        String text = String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-");
        return numclip("image tower at " + text + (course.warps() ? ", images warped" : ""), text, "1e-3", course);
    }

    private static Candidate numclip(String title, String tower, String rest, Course course) {
        return new Candidate(
                title,
                """
                imageEncoder: 0 freezes the image tower: each image goes through it once, and a training takes seconds.
                For a real CLIP set backbone: {model: DIR}, with imageEncoder: 1e-5, or 0. Other methods, as in
                --method coral, may change these settings. 'augment' changes training images at random: mirrored, where left
                and right mean the same (flip: true); turned by up to so many degrees, enlarged or shrunk, and moved, by up to
                this share.""",
                Map.of(),
                "",
                Map.of("imageEncoder", tower, "adapter", rest, "concepts", rest, "fineHead", rest),
                course);
    }

    /** Whether it is one of {@link #frozen}: nothing of the image tower is learned. */
    boolean isFrozen() {
        return "0".equals(rates.get("imageEncoder"));
    }

    /** Whether a CLIP is not used. */
    boolean isWithoutClip() {
        return backbone.containsKey("model");
    }

    /** Whether its validation images choose a number of it, so that its error on them is too good. */
    boolean isChosenByValidation() {
        return method.equals(NEIGHBOURS);
    }

    boolean readsWords() {
        return method.isEmpty();
    }

    /** Trained for another number of epochs. */
    Candidate lasting(int epochs) {
        return new Candidate(title, remark, backbone, method, rates, course.lasting(epochs));
    }

    /** Its part of the file, below {@code backbone}. */
    String text() {
        String words = readsWords()
                ? ""
                : " It reads no words; for NumCLIP delete these lines"
                        + (backbone.isEmpty() ? "." : ", and 'backbone'.");
        StringBuilder text = new StringBuilder();
        (remark + words).lines().forEach(line -> text.append("# ").append(line).append('\n'));
        text.append(method.isEmpty() ? "" : method + "\n").append("training:\n");
        text.append((course.epochs() == 0 ? "" : course.text() + "\n").indent(2));
        text.append("  learningRates: {");
        rates.forEach(
                (part, rate) -> text.append(part).append(": ").append(rate).append(", "));
        return text.replace(text.length() - 2, text.length(), "}").toString();
    }
}
