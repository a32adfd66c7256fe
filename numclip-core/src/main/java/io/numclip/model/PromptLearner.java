package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipTokenizer;
import io.numclip.data.NumberPrompt;
import java.util.List;
import java.util.Map;

/**
 * Sentences about number concepts whose words can be learnt (NumCLIP, section 3.2). A sentence is start token, context,
 * concept, full stop, end token. Context and concept are embeddings that begin as CLIP's own for the words; all
 * sentences share one context. Prompts with contexts of their own keep them frozen.
 */
public final class PromptLearner implements ConceptFeatures {

    public PromptLearner(List<NumberPrompt> prompts, ClipTokenizer tokenizer, ClipBackbone backbone) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public NDArray textFeatures(boolean training) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Map<String, Parameter> contextParameters() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Map<String, Parameter> conceptParameters() {
        throw new UnsupportedOperationException("not yet");
    }
}
