package io.numclip.pretraining;

import io.numclip.input.Stopping;
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

    /** A word of the texts, as it is merged so far. */
    private static final class Word {
        private final int frequency;
        private List<String> symbols;

        Word(List<String> symbols, int frequency) {
            this.symbols = symbols;
            this.frequency = frequency;
        }

        boolean has(Pair pair) {
            for (int i = 1; i < symbols.size(); i++) {
                if (symbols.get(i - 1).equals(pair.left()) && symbols.get(i).equals(pair.right())) {
                    return true;
                }
            }
            return false;
        }

        /** Adds its pairs to those of all words, or takes them away; a pair that no word has is dropped. */
        void count(Map<Pair, Integer> pairs, int sign) {
            for (int i = 1; i < symbols.size(); i++) {
                Pair pair = new Pair(symbols.get(i - 1), symbols.get(i));
                pairs.merge(pair, sign * frequency, (one, other) -> one + other == 0 ? null : one + other);
            }
        }
    }

    private BytePairTrainer() {}

    /**
     * @param texts where pairs are counted
     * @param vocabSize largest number of tokens, including 512 for bytes and 2 for start and end
     * @return pairs to merge, in order; equal frequencies in alphabetical order
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    static List<List<String>> merges(List<String> texts, int vocabSize) {
        List<Word> words = countWords(texts);
        Map<Pair, Integer> pairs = new HashMap<>();
        words.forEach(word -> word.count(pairs, 1));
        List<List<String>> merges = new ArrayList<>();
        while (merges.size() < vocabSize - 2 * BYTES.length - 2 && !pairs.isEmpty()) {
            Stopping.ifAsked();
            Pair best = mostFrequent(pairs);
            merges.add(List.of(best.left(), best.right()));
            words.stream().filter(word -> word.has(best)).forEach(word -> {
                word.count(pairs, -1);
                word.symbols = merge(word.symbols, best);
                word.count(pairs, 1);
            });
        }
        return merges;
    }

    private static Pair mostFrequent(Map<Pair, Integer> pairs) {
        return pairs.entrySet().stream()
                .max(Map.Entry.<Pair, Integer>comparingByValue()
                        .thenComparing(Map.Entry.<Pair, Integer>comparingByKey().reversed()))
                .orElseThrow()
                .getKey();
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

    private static List<Word> countWords(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            Stopping.ifAsked();
            Matcher word = WORDS.matcher(text.toLowerCase(Locale.ROOT));
            while (word.find()) {
                counts.merge(word.group(), 1, Integer::sum);
            }
        }
        List<Word> words = new ArrayList<>();
        counts.forEach((word, count) -> words.add(new Word(symbols(word), count)));
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
