/** Vectors of a CLIP in LangChain4j; begin with {@link io.numclip.langchain4j.ClipEmbeddingModel}. */
@NullMarked
package io.numclip.langchain4j;

import org.jspecify.annotations.NullMarked;
