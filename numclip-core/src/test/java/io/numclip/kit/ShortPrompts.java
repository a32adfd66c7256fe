package io.numclip.kit;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.NumberPrompts;
import java.util.List;

/** Broken: has no prompt for the last bin. */
final class ShortPrompts implements NumberPrompts {

    @Override
    public List<NumberPrompt> promptsFor(Bins bins) {
        return bins.concepts().stream()
                .limit(bins.size() - 1)
                .map(concept -> new NumberPrompt("", concept))
                .toList();
    }

    record Config() {}

    public static final class Factory implements NumberPrompts.Factory<Config> {

        @Override
        public String type() {
            return "short";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public NumberPrompts create(Config config) {
            return new ShortPrompts();
        }
    }
}
