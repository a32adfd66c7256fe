package io.numclip.clip.lora;

import io.numclip.clip.directory.ClipWeights;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Low-rank changes of a CLIP's weights, which are trained in place of the weights: {@code W' = W + s·B·A} (Hu et al., LoRA,
 * ICLR 2022).
 *
 * @param rank of {@code B·A}; 0: all weights of a tower are trained
 * @param alpha the scaling's numerator
 * @param scaling what {@code alpha} is divided by
 * @param layers {@code all}, or {@code last:k} or k for the last k of each tower
 * @param targets which weights of a layer are changed
 * @param towers which towers are changed; any other one is trained as without these settings
 * @param from directory of a PEFT adapter to start from; empty: {@code A} is random and {@code B} zero
 */
public record Lora(
        int rank, double alpha, Scaling scaling, String layers, List<Target> targets, List<Side> towers, String from) {

    private static final int LARGEST_RANK = 1024;
    private static final String ALL = "all";
    private static final Pattern LAYERS = Pattern.compile(ALL + "|(?:last:)?([1-9]\\d{0,3})");

    /** What {@code alpha} is divided by. */
    public enum Scaling {
        /** √rank, as in CLIP-LoRA and rsLoRA (Kalajdzievski 2023). */
        SQRT,
        /** The rank, as in the LoRA paper. */
        RANK
    }

    /** A weight of a layer. */
    public enum Target {
        Q("self_attn.q_proj"),
        K("self_attn.k_proj"),
        V("self_attn.v_proj"),
        OUT("self_attn.out_proj"),
        FC1("mlp.fc1"),
        FC2("mlp.fc2");

        private final String module;

        Target(String module) {
            this.module = module;
        }
    }

    /** A tower. */
    public enum Side {
        IMAGE("vision_model"),
        TEXT("text_model");

        private final String module;

        Side(String module) {
            this.module = module;
        }
    }

    public Lora {
        if (rank < 0 || rank > LARGEST_RANK) {
            throw new IllegalArgumentException("rank must be 0 (none) to " + LARGEST_RANK + "; found " + rank);
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha must be a positive number; found " + alpha);
        }
        if (!LAYERS.matcher(layers).matches()) {
            throw new IllegalArgumentException(
                    "layers must be 'all', or a number k or 'last:k' for the last k layers; found '" + layers + "'");
        }
        targets = distinct("targets", targets);
        towers = distinct("towers", towers);
        if (!from.isEmpty() && rank == 0) {
            throw new IllegalArgumentException("from needs the rank of its adapter in 'rank'; found 0");
        }
    }

    private static <T> List<T> distinct(String setting, List<T> values) {
        if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException(setting + " must name at least one, and each once; found " + values);
        }
        return List.copyOf(values);
    }

    /** Rank 0, and else as in CLIP-LoRA (Zanella and Ben Ayed, CVPR Workshops 2024). */
    public static Lora defaults() {
        return new Lora(
                0, 1, Scaling.SQRT, ALL, List.of(Target.Q, Target.K, Target.V), List.of(Side.IMAGE, Side.TEXT), "");
    }

    /** Whether weights are changed. */
    public boolean hasRank() {
        return rank > 0;
    }

    /** Whether the changes start from an adapter. */
    public boolean hasStart() {
        return !from.isEmpty();
    }

    /** The same for these towers only; off if there are none. */
    public Lora of(List<Side> some) {
        return some.isEmpty() ? defaults() : new Lora(rank, alpha, scaling, layers, targets, some, from);
    }

    /** The same, whatever it started from. */
    public Lora withoutStart() {
        return new Lora(rank, alpha, scaling, layers, targets, towers, "");
    }

    /** s, the factor of {@code B·A}. */
    public double scale() {
        return alpha / (scaling == Scaling.SQRT ? Math.sqrt(rank) : rank);
    }

    /** Whether a weight of {@link ClipWeights} is changed. */
    boolean changes(String weight, int layersOfItsTower) {
        boolean isOfTower = towers.stream().anyMatch(side -> weight.startsWith(side.module + ClipWeights.LAYER));
        return isOfTower
                && targets.stream().anyMatch(target -> weight.endsWith("." + target.module + ".weight"))
                && ClipWeights.layersAfter(weight, layersOfItsTower) < count();
    }

    /** How many layers of each tower are changed. */
    public int count() {
        Matcher matcher = LAYERS.matcher(layers);
        return matcher.matches() && matcher.group(1) != null ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
    }
}
