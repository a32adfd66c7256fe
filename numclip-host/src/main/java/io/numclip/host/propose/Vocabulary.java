package io.numclip.host.propose;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.NumberWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Words for numbers, as a caption would have them: what is known of a unit, or what a user says. Numbers are spelt out only where
 * a picture shows them, or as many things.
 *
 * @param context what stands before a word
 * @param numberContext what stands before a number
 * @param words lowest first; empty: their number is free, and they say little ({@link #ladder})
 * @param ofNumber the word of a single number; null: there is none
 */
record Vocabulary(
        String context,
        String numberContext,
        List<Word> words,
        @Nullable IntFunction<String> ofNumber) {

    private static final Set<String> AGES = Set.of("years", "year", "age", "ages", "years old");
    private static final Set<String> DIGITS = Set.of("digits", "digit", "numbers", "number", "numerals");
    private static final Set<String> QUALITY = Set.of("stars", "rating", "ratings", "score", "scores", "quality");
    private static final Set<String> SHARES = Set.of("percent", "%", "share", "shares", "fraction", "fractions");
    private static final Set<String> COUNTS = Set.of(
            "things",
            "objects",
            "items",
            "people",
            "persons",
            "faces",
            "animals",
            "birds",
            "cars",
            "dots",
            "cells",
            "trees",
            "lines",
            "rings",
            "pips",
            "spots",
            "leaves",
            "buildings",
            "boats",
            "fruits");
    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 2100;
    private static final int OLDEST = 125;
    private static final int MOST_DECADES = 12;

    /** The most words of {@link #ladder}. */
    static final int LONGEST_LADDER = 11;

    private static final List<String> DEGREES = List.of("extremely ", "very ", "", "quite ", "slightly ");
    private static final int[][] LADDERS = {{}, {2}, {1, 2}, {1, 2, 4}, {0, 1, 2, 4}, {0, 1, 2, 3, 4}};
    private static final List<String> TENS = List.of(
            "hundreds",
            "tens",
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties");

    /**
     * A word, and where the next one begins.
     *
     * @param below null: the last one, or where it ends is to be found
     */
    record Word(String text, @Nullable Double below) {}

    Vocabulary {
        words = List.copyOf(words);
    }

    /**
     * @param unit plural noun
     * @param labels at least two different ones
     */
    static Vocabulary of(String unit, double... labels) {
        String name = unit.toLowerCase(Locale.ROOT);
        double lowest = Arrays.stream(labels).min().orElseThrow();
        double highest = Arrays.stream(labels).max().orElseThrow();
        if (lowest >= FIRST_YEAR && highest <= LAST_YEAR && (AGES.contains(name) || name.contains("date"))) {
            return years((int) lowest, (int) highest);
        }
        if (AGES.contains(name) && lowest >= 0 && highest <= OLDEST) {
            return ages();
        }
        if (lowest >= 0 && Arrays.stream(labels).allMatch(LabelScale::isWhole)) {
            if (COUNTS.contains(name)) {
                return counts(unit);
            }
            if (DIGITS.contains(name)) {
                return new Vocabulary("a picture of the number", "a picture of the number", List.of(), NumberWords::of);
            }
        }
        if (QUALITY.contains(name)) {
            return spread(
                    "a picture whose quality is",
                    unit,
                    List.of("bad", "poor", "fair", "good", "excellent"),
                    lowest,
                    highest);
        }
        if (SHARES.contains(name)) {
            List<String> full = List.of("empty", "a quarter full", "half full", "three quarters full", "full");
            return spread("a picture of something that is", unit, full, lowest, highest);
        }
        return new Vocabulary(unit + " of the picture:", unit + ": the number is", List.of(), null);
    }

    private static Vocabulary ages() {
        List<Word> words = List.of(
                new Word("a baby", 2.0),
                new Word("a child", 13.0),
                new Word("a teenager", 20.0),
                new Word("a young adult", 35.0),
                new Word("a middle aged person", 60.0),
                new Word("an old person", null));
        return new Vocabulary("a picture of", "a picture of a person of the age", words, null);
    }

    private static Vocabulary years(int lowest, int highest) {
        List<Word> decades = new ArrayList<>();
        for (int decade = lowest / 10; decade <= highest / 10; decade++) {
            String word = NumberWords.of(decade / 10) + " " + TENS.get(decade % 10);
            decades.add(new Word(word, decade == highest / 10 ? null : 10.0 * (decade + 1)));
        }
        boolean few = decades.size() > 1 && decades.size() <= MOST_DECADES;
        return new Vocabulary(
                "a photo taken in the",
                "a photo taken in the year",
                few ? decades : List.of(),
                few ? null : NumberWords::ofYear);
    }

    private static Vocabulary counts(String things) {
        List<Word> words = List.of(
                new Word("no " + things, 1.0),
                new Word("one or two " + things, 3.0),
                new Word("a few " + things, 6.0),
                new Word("several " + things, 11.0),
                new Word("many " + things, 31.0),
                new Word("very many " + things, null));
        return new Vocabulary(
                "a picture of",
                "a picture of so many " + things + ":",
                words,
                number -> (number == 0 ? "no" : NumberWords.of(number)) + " " + things);
    }

    /** At even distances. */
    private static Vocabulary spread(String context, String unit, List<String> words, double lowest, double highest) {
        double step = (highest - lowest) / words.size();
        List<Word> spread = IntStream.range(0, words.size())
                .mapToObj(i -> new Word(words.get(i), i == words.size() - 1 ? null : lowest + step * (i + 1)))
                .toList();
        return new Vocabulary(context, unit + ": the number is", spread, null);
    }

    /**
     * Those of a user.
     *
     * @param list words, lowest first, with commas between; each may say where it ends, as in {@code a baby<2}, or which number it
     *     stands for, as in {@code ripe=4}; all or none
     * @throws NumClipException if they are fewer than two, or their ends do not rise
     */
    Vocabulary with(String list) {
        List<Word> own = OwnWords.of(list).ends();
        double[] edges = own.stream()
                .limit(own.size() - 1)
                .filter(word -> word.below != null)
                .mapToDouble(word -> word.below)
                .toArray();
        boolean rises = IntStream.range(1, edges.length).allMatch(i -> edges[i] > edges[i - 1]);
        boolean named = own.stream().noneMatch(word -> word.text.isEmpty());
        boolean last = own.get(own.size() - 1).below == null;
        if (own.size() < 2 || !rises || !named || !last || (edges.length > 0 && edges.length < own.size() - 1)) {
            throw new NumClipException(
                    Kind.USAGE,
                    "--words: expected two words or more, lowest first, all or none with rising ends or numbers; found '"
                            + list
                            + "'",
                    "write them like --words \"low,medium,high\", or \"a baby<2,a child<13,an adult\"");
        }
        return new Vocabulary(context, numberContext, own, null);
    }

    /** Whether they say little. */
    boolean isPoor() {
        return words.isEmpty() && ofNumber == null;
    }

    /** Whether {@link #words} say where they end. */
    boolean hasEdges() {
        return words.size() > 1 && words.get(0).below != null;
    }

    List<String> texts() {
        return words.stream().map(Word::text).toList();
    }

    /** Words that say little, from low to high; at most {@link #LONGEST_LADDER}. */
    static List<String> ladder(int count) {
        List<String> low =
                IntStream.of(LADDERS[count / 2]).mapToObj(DEGREES::get).toList();
        List<String> ladder = new ArrayList<>();
        low.forEach(degree -> ladder.add(degree + "low"));
        if (count % 2 == 1) {
            ladder.add("medium");
        }
        for (int i = low.size() - 1; i >= 0; i--) {
            ladder.add(low.get(i) + "high");
        }
        return ladder;
    }
}
