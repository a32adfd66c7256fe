package io.numclip.binning;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberWords;
import io.numclip.spi.BinningStrategy;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.pf4j.Extension;

/**
 * One bin for every whole number of the scale, with that number as word and anchor: the prompts for zero-shot CLIP with
 * numbers. Edges are half-way between the numbers.
 */
public final class IntegerBinning implements BinningStrategy {

    private static final int MOST_BINS = 6000;

    private final Bins bins;

    private IntegerBinning(Style style, LabelScale scale) {
        double first = Math.ceil(scale.minimum());
        double last = Math.floor(scale.maximum());
        if (last - first < 1 || last - first >= MOST_BINS) {
            throw new IllegalArgumentException("integer binning needs a scale with 2 to " + MOST_BINS
                    + " whole numbers; found " + scale.minimum() + " to " + scale.maximum() + " " + scale.unit());
        }
        bins = new Bins(IntStream.rangeClosed((int) first, (int) last)
                .mapToObj(number -> bin(number, style, scale, (int) first, (int) last))
                .toList());
    }

    /** Does not depend on the labels. */
    @Override
    public Bins fit(double[] trainingLabels) {
        return bins;
    }

    private static Bin bin(int number, Style style, LabelScale scale, int first, int last) {
        double lower = number == first ? scale.minimum() : number - 0.5;
        double upper = number == last ? scale.maximum() : number + 0.5;
        return new Bin(style.write(number), lower, upper, number);
    }

    /** How a number is written. */
    public enum Style {
        /** {@code thirty seven}. */
        WORDS(NumberWords::of),
        /** {@code 37}. */
        DIGITS(Integer::toString),
        /** {@code nineteen thirty seven}. */
        YEARS(NumberWords::ofYear);

        @SuppressWarnings("ImmutableEnumChecker") // only functions without state, from this file
        private final IntFunction<String> writer;

        Style(IntFunction<String> writer) {
            this.writer = writer;
        }

        String write(int number) {
            return writer.apply(number);
        }
    }

    /** @param style how a number is written */
    public record Config(Style style) {
        public Config {
            Objects.requireNonNull(style, "style");
        }
    }

    /** {@code type: integer}. */
    @Extension
    public static final class Factory implements BinningStrategy.Factory<Config> {

        @Override
        public String type() {
            return "integer";
        }

        @Override
        public Config defaults() {
            return new Config(Style.WORDS);
        }

        @Override
        public BinningStrategy create(Config config, LabelScale scale) {
            return new IntegerBinning(config.style(), scale);
        }
    }
}
