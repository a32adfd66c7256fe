package io.numclip.spi;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import java.util.List;

/** Words for number concepts: what the text tower reads. */
public interface NumberPrompts {

    /** @return one prompt per bin, in the order of the bins */
    List<NumberPrompt> promptsFor(Bins bins);

    /** Makes prompts from their settings. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        NumberPrompts create(C config);
    }
}
