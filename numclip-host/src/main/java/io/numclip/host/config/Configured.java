package io.numclip.host.config;

import io.numclip.spi.ComponentFactory;

/** A component that a configuration names: its factory and its checked settings. */
public record Configured<F extends ComponentFactory<?>>(F factory, Record settings) {

    public String type() {
        return factory.type();
    }
}
