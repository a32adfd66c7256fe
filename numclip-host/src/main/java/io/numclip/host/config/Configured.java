package io.numclip.host.config;

import io.numclip.spi.ComponentFactory;

/** A component that a configuration names: its factory, and the settings for it, checked. */
public record Configured<F extends ComponentFactory<?>>(F factory, Record settings) {

    public String type() {
        return factory.type();
    }
}
