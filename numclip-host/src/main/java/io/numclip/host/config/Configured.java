package io.numclip.host.config;

import io.numclip.spi.ComponentFactory;

/**
 * A component that a configuration names: its factory, and the settings for it, checked.
 *
 * @param weight share of a loss in the objective; 1 for every other kind
 */
public record Configured<F extends ComponentFactory<?>>(F factory, Record settings, double weight) {

    public String type() {
        return factory.type();
    }
}
