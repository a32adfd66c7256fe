package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.spi.ComponentFactory;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every factory of a component must do. The contracts of the kinds of components extend it; a test extends one of
 * those.
 *
 * @param <F> the factory
 * @param <C> the settings
 */
public abstract class ComponentContract<F extends ComponentFactory<C>, C extends Record> {

    /** A new factory of the component under test. */
    protected abstract F factory();

    /** Settings to test with. Override it if the defaults leave a setting to the user. */
    protected C config() {
        return factory().defaults();
    }

    @Test
    void typeIsLowerCaseKebab() {
        assertThat(factory().type())
                .as("type(): write lower-case words with hyphens, as users write them after 'type:'")
                .matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    }

    @Test
    void defaultsAreTheSameEveryTime() {
        assertThat(factory().defaults())
                .as("defaults(): return a record with a useful value for each setting, the same at every call")
                .isNotNull()
                .isEqualTo(factory().defaults());
    }

    @Test
    void hostCanMakeTheFactory() throws NoSuchMethodException {
        Class<?> type = factory().getClass();
        Constructor<?> constructor = type.getConstructor();
        assertThat(Modifier.isPublic(type.getModifiers()) && Modifier.isPublic(constructor.getModifiers()))
                .as("make %s and its constructor without parameters public", type.getName())
                .isTrue();
        assertThat(type.getEnclosingClass() == null || Modifier.isStatic(type.getModifiers()))
                .as("make the nested class %s static", type.getName())
                .isTrue();
    }

    @Test
    void hostCanFindTheFactory() throws IOException {
        String name = factory().getClass().getName();
        List<String> indexed = ExtensionIndex.names(factory().getClass().getClassLoader());
        assertThat(indexed)
                .as(
                        "%s: annotate %s with @Extension and let PF4J's annotation processor run",
                        ExtensionIndex.FILE, name)
                .contains(name);
    }
}
