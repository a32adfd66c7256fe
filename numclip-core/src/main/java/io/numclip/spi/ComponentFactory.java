package io.numclip.spi;

import org.pf4j.ExtensionPoint;

/**
 * Creates a component from a name and a configuration. Each component has one factory, annotated with
 * {@link org.pf4j.Extension}; the host finds it, applies the user's settings to {@link #defaults()} and calls the
 * {@code create} method of the factory's kind.
 *
 * <p>A factory has a public constructor without parameters and holds no state.
 *
 * @param <C> the settings: a record whose compact constructor checks ranges and throws
 *     {@link IllegalArgumentException} with the rule and what was found
 */
public interface ComponentFactory<C extends Record> extends ExtensionPoint {

    /** The name that users write after {@code type:}, in kebab case, unique within its kind. */
    String type();

    /**
     * The settings when the user writes none. They also document the component: their type has the keys, their values
     * are the defaults. A setting that is {@code null} must be given by the user.
     */
    C defaults();

    /**
     * Where the component comes from, for listings: the paper and the formula in one line; empty where there is none.
     */
    default String source() {
        return "";
    }
}
