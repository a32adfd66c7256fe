package io.numclip.spi;

/** A component has returned what its interface does not allow. */
public final class BrokenContractException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient Object culprit;

    /**
     * @param culprit the component, its factory, or an object that it has made
     * @param problem what it returned and what is expected, as a sentence about it goes on
     */
    public BrokenContractException(Object culprit, String problem) {
        super(problem);
        this.culprit = culprit;
    }

    /** The component, its factory, or an object that it has made. */
    public Object culprit() {
        return culprit;
    }
}
