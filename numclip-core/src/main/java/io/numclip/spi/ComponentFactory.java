package io.numclip.spi;

import org.pf4j.ExtensionPoint;

/**
 * A name and a configuration that make a component. One factory per component, annotated with
 * {@link org.pf4j.Extension}; the host finds it, reads the user's settings over {@link #defaults()} and calls the
 * {@code create} method of the factory's kind.
 *
 * <p>A factory has a public constructor without parameters and holds no state.
 *
 * @param <C> the settings: a record whose compact constructor checks ranges and throws
 *     {@link IllegalArgumentException} with the rule and what was found
 */
public interface ComponentFactory<C extends Record> extends ExtensionPoint {

    /** The name users write after {@code type:}, in lower-case kebab form, unique within its kind. */
    String type();

    /**
     * The settings when the user writes none. They also document the component: their type gives the keys, their values
     * the defaults. A {@code null} component means that the user must give it.
     */
    C defaults();

    /** Where the component comes from, for listings: the paper and the formula in one line; empty where there is none. */
    default String source() {
        return "";
    }
}
