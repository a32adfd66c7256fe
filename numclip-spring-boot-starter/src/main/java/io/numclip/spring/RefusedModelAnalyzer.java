package io.numclip.spring;

import io.numclip.data.NumClipException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An application whose model does not open ends with what is wrong and how to fix it, and no stack trace. */
final class RefusedModelAnalyzer extends AbstractFailureAnalyzer<NumClipException> {

    /** Called by Spring. */
    RefusedModelAnalyzer() {}

    @Override
    protected FailureAnalysis analyze(Throwable failure, NumClipException refusal) {
        return new FailureAnalysis(refusal.getMessage(), refusal.fix(), refusal);
    }
}
