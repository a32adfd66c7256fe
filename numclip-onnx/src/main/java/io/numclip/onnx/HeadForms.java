package io.numclip.onnx;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The heads of one kind that can be written, by class.
 *
 * @param <R> what a head results in, such as the name of an array
 */
final class HeadForms<R> {

    /** Adds a head to a graph and returns its result. */
    interface Form<H, R> {
        R add(H head, Network network);
    }

    private record Named<H, R>(String type, Class<H> head, Form<H, R> form) {

        R add(Object any, Network network) {
            return form.add(head.cast(any), network);
        }
    }

    private final String kind;
    private final Map<Class<?>, Named<?, R>> forms = new LinkedHashMap<>();

    /** @param kind such as {@code coarse head} */
    HeadForms(String kind) {
        this.kind = kind;
    }

    <H> HeadForms<R> with(String type, Class<H> head, Form<H, R> form) {
        forms.put(head, new Named<>(type, head, form));
        return this;
    }

    /** @throws NumClipException if there is no form for the head */
    R add(Object head, Network network) {
        Named<?, R> named = forms.get(head.getClass());
        if (named == null) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    "the " + kind + " " + head.getClass().getName()
                            + " comes from a plugin, and what it computes cannot be written as ONNX",
                    "use the model in Java, or train one with a " + kind + " of these: " + types());
        }
        return named.add(head, network);
    }

    private String types() {
        return String.join(", ", forms.values().stream().map(Named::type).toList());
    }
}
