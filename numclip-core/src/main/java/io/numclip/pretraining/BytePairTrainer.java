package io.numclip.pretraining;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds a byte-pair vocabulary in CLIP's form (Sennrich et al. 2016; Radford et al. 2021, section 2.4): 256 bytes, the
 * same 256 at the end of a word, then merged pairs by decreasing frequency.
 */
final class BytePairTrainer {

    /** Marks a token that ends a word. */
    static final String END_OF_WORD = "</w>";

    private static final Pattern WORDS = Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+");
    private static final String[] BYTES = byteSymbols();

    private record Pair(String left, String right) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return Comparator.comparing(Pair::left).thenComparing(Pair::right).compare(this, other);
        }
    }

    private BytePairTrainer() {}

    /**
     * @param texts where pairs are counted
     * @param vocabSize largest number of tokens, including 512 for bytes and 2 for start and end
     * @return pairs to merge, in order; equal frequencies in alphabetical order
     */
    static List<List<String>> merges(List<String> texts, int vocabSize) {
        Map<List<String>, Integer> words = countWords(texts);
        List<List<String>> merges = new ArrayList<>();
        while (merges.size() < vocabSize - 2 * BYTES.length - 2) {
            Map<Pair, Integer> pairs = countPairs(words);
            if (pairs.isEmpty()) {
                break;
            }
            Pair best = pairs.entrySet().stream()
                    .max(Map.Entry.<Pair, Integer>comparingByValue()
                            .thenComparing(
                                    Map.Entry.<Pair, Integer>comparingByKey().reversed()))
                    .orElseThrow()
                    .getKey();
            merges.add(List.of(best.left(), best.right()));
            words = merge(words, best);
        }
        return merges;
    }

    /** Every token in the order of its id, without the start and end token. */
    static List<String> vocabulary(List<List<String>> merges) {
        List<String> tokens = new ArrayList<>(List.of(BYTES));
        for (String symbol : BYTES) {
            tokens.add(symbol + END_OF_WORD);
        }
        for (List<String> pair : merges) {
            tokens.add(pair.get(0) + pair.get(1));
        }
        return tokens;
    }

    private static Map<List<String>, Integer> countWords(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            Matcher word = WORDS.matcher(text.toLowerCase(Locale.ROOT));
            while (word.find()) {
                counts.merge(word.group(), 1, Integer::sum);
            }
        }
        Map<List<String>, Integer> words = new HashMap<>();
        counts.forEach((word, count) -> words.put(symbols(word), count));
        return words;
    }

    private static List<String> symbols(String word) {
        List<String> symbols = new ArrayList<>();
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            symbols.add(symbolOf(b & 0xff));
        }
        int last = symbols.size() - 1;
        symbols.set(last, symbols.get(last) + END_OF_WORD);
        return symbols;
    }

    private static Map<Pair, Integer> countPairs(Map<List<String>, Integer> words) {
        Map<Pair, Integer> pairs = new HashMap<>();
        words.forEach((symbols, count) -> {
            for (int i = 1; i < symbols.size(); i++) {
                pairs.merge(new Pair(symbols.get(i - 1), symbols.get(i)), count, Integer::sum);
            }
        });
        return pairs;
    }

    private static Map<List<String>, Integer> merge(Map<List<String>, Integer> words, Pair pair) {
        Map<List<String>, Integer> merged = new HashMap<>();
        words.forEach((symbols, count) -> merged.put(merge(symbols, pair), count));
        return merged;
    }

    private static List<String> merge(List<String> symbols, Pair pair) {
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < symbols.size(); i++) {
            boolean isPair = i + 1 < symbols.size()
                    && symbols.get(i).equals(pair.left())
                    && symbols.get(i + 1).equals(pair.right());
            merged.add(isPair ? pair.left() + pair.right() : symbols.get(i));
            i += isPair ? 1 : 0;
        }
        return merged;
    }

    private static String symbolOf(int value) {
        return isPrintable(value) ? Character.toString(value) : Character.toString(256 + unprintableBefore(value));
    }

    /** GPT-2's order: printable bytes first, then the others as code points from 256 on. */
    private static String[] byteSymbols() {
        List<String> symbols = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            if (isPrintable(value)) {
                symbols.add(symbolOf(value));
            }
        }
        for (int value = 0; value < 256; value++) {
            if (!isPrintable(value)) {
                symbols.add(symbolOf(value));
            }
        }
        return symbols.toArray(String[]::new);
    }

    private static boolean isPrintable(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xac) || (value >= 0xae && value <= 0xff);
    }

    private static int unprintableBefore(int value) {
        int count = 0;
        for (int i = 0; i < value; i++) {
            count += isPrintable(i) ? 0 : 1;
        }
        return count;
    }
}
