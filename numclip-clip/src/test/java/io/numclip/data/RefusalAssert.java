package io.numclip.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a user is told where something is refused. */
public final class RefusalAssert extends AbstractThrowableAssert<RefusalAssert, NumClipException> {

    private RefusalAssert(NumClipException refusal) {
        super(refusal, RefusalAssert.class);
    }

    public static RefusalAssert assertRefused(NumClipException.Kind kind, ThrowingCallable call) {
        NumClipException refusal = catchThrowableOfType(NumClipException.class, call);
        assertThat(refusal).as("nothing was refused").isNotNull();
        assertThat(refusal.kind()).as("%s", refusal).isEqualTo(kind);
        return new RefusalAssert(refusal);
    }

    public RefusalAssert hasFixContaining(CharSequence... parts) {
        assertThat(actual.fix()).contains(parts);
        return this;
    }
}
