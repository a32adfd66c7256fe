package io.numclip.data;

/** There are images, but none for the split that was asked for. */
public final class EmptySplitException extends NumClipException {

    private static final long serialVersionUID = 1L;

    public EmptySplitException(String message, String fix) {
        super(Kind.DATA, message, fix);
    }
}
