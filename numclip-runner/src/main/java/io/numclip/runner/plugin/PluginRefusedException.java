package io.numclip.runner.plugin;

/** Stops the loading of one plugin; the host turns it into a {@link PluginRefusal}. */
final class PluginRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    PluginRefusedException(String cause, String fix) {
        super(cause);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}
