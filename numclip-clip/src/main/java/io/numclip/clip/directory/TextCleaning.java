package io.numclip.clip.directory;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/** What happens to a text before its tokenizer sees it; the two libraries do not agree. */
public enum TextCleaning {
    /** Nothing: the tokenizer itself makes letters small. */
    NONE {
        @Override
        public String apply(String text) {
            return text;
        }
    },
    /** SigLIP 2 in transformers. */
    LOWER {
        @Override
        public String apply(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    },
    /** SigLIP in transformers ({@code canonicalize_text}): small letters, no punctuation, one space between words. */
    CANONICAL {
        @Override
        public String apply(String text) {
            return spaced(withoutPunctuation(text.toLowerCase(Locale.ROOT)));
        }
    },
    /** CLIP in OpenCLIP. */
    OPEN_CLIP_LOWER {
        @Override
        public String apply(String text) {
            return spaced(mended(text)).toLowerCase(Locale.ROOT);
        }
    },
    /** Tokenizers of others in OpenCLIP. */
    OPEN_CLIP_WHITESPACE {
        @Override
        public String apply(String text) {
            return spaced(mended(text));
        }
    },
    /** SigLIP and SigLIP 2 in OpenCLIP. */
    OPEN_CLIP_CANONICAL {
        @Override
        public String apply(String text) {
            return spaced(withoutPunctuation(mended(text).replace('_', ' ')).toLowerCase(Locale.ROOT));
        }
    };

    private static final Pattern SPACES = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
    private static final Pattern SINGLE_QUOTES = Pattern.compile("[\u02bc\u2018-\u201b]");
    private static final Pattern DOUBLE_QUOTES = Pattern.compile("[\u201c-\u201f]");
    private static final Pattern CONTROLS =
            Pattern.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\u206a-\u206f\ufeff\ufff9-\ufffc]");
    private static final Pattern LIGATURES_AND_WIDE =
            Pattern.compile("[\u0132\u0133\u0149\ufb00-\ufb06\uff01-\uffef\u3000]");

    public abstract String apply(String text);

    private static String spaced(String text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }

    private static String withoutPunctuation(String text) {
        return PUNCTUATION.matcher(text).replaceAll("");
    }

    /**
     * OpenCLIP's {@code basic_clean}: HTML entities, curly quotes, ligatures, wide letters and control characters as ftfy
     * changes them. What ftfy does about text that was decoded wrongly is left out.
     */
    private static String mended(String text) {
        String plain = StringEscapeUtils.unescapeHtml4(StringEscapeUtils.unescapeHtml4(text));
        String quoted = DOUBLE_QUOTES
                .matcher(SINGLE_QUOTES.matcher(plain).replaceAll("'"))
                .replaceAll("\"");
        String narrow = LIGATURES_AND_WIDE
                .matcher(quoted)
                .replaceAll(match -> Normalizer.normalize(match.group(), Normalizer.Form.NFKC));
        return Normalizer.normalize(CONTROLS.matcher(narrow).replaceAll(""), Normalizer.Form.NFC);
    }
}
