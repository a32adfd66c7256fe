package io.numclip.host.follow;

import java.io.IOException;

/** An MLflow server that has not done what it was asked to do. */
final class MlflowFailure extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean lasting;
    private final String code;

    /**
     * @param lasting whether the same request would fail again
     * @param code such as {@code RESOURCE_DOES_NOT_EXIST}; empty if the server named none
     */
    MlflowFailure(String message, boolean lasting, String code) {
        super(message);
        this.lasting = lasting;
        this.code = code;
    }

    /** The failure where an answer is none of an MLflow server. */
    static MlflowFailure ofAnotherProgram() {
        return new MlflowFailure("the answer is not one of MLflow, perhaps it is another program", true, "");
    }

    boolean isLasting() {
        return lasting;
    }

    boolean is(String wanted) {
        return code.equals(wanted);
    }
}
