package io.numclip.runner.pull;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.PlainText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model on the hub.
 *
 * @param revision a branch, a tag, a reference such as {@code refs/pr/1}, or a commit
 */
record ModelName(String owner, String name, String revision) {

    /** The revision if nobody names one. */
    static final String MAIN = "main";

    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]{0,95}";
    private static final String REVISION = "[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}";
    private static final Pattern REVISIONS = Pattern.compile(REVISION);
    private static final Pattern NAME =
            Pattern.compile("(?:hf:)?(" + PART + ")/(" + PART + ")(?:@(" + REVISION + "))?");
    private static final Pattern PAGE = Pattern.compile("https?://([A-Za-z0-9.:-]+)/(" + PART + ")/(" + PART
            + ")(?:/(?:tree|commit)/([^?#]+?)|/(?:blob|resolve)/([^/?#]+)/[^?#]*)?/?(?:[?#].*)?");
    private static final List<String> HOSTS = List.of("huggingface.co", "www.huggingface.co", "hf.co");

    /**
     * @param text {@code hf:owner/name@revision}, where {@code hf:} and the revision may be left out, or the address of
     *     the model's page
     */
    static ModelName parse(String text, Endpoint endpoint) {
        Matcher name = NAME.matcher(text);
        if (name.matches()) {
            return of(text, name.group(1), name.group(2), name.group(3));
        }
        Matcher page = PAGE.matcher(text);
        if (!page.matches()) {
            throw wrong(text, "expected hf:owner/name, or the address of a model's page");
        }
        String host = page.group(1).toLowerCase(Locale.ROOT);
        if (!HOSTS.contains(host) && !host.equals(endpoint.host())) {
            throw wrong(text, "models come from " + endpoint.host() + "; HF_ENDPOINT names another hub");
        }
        String revision = page.group(4) == null ? page.group(5) : page.group(4);
        return of(text, page.group(2), page.group(3), revision == null ? null : decoded(text, revision));
    }

    /** Decodes a revision: in an address, a slash that is part of it may be written {@code %2F}. */
    private static String decoded(String text, String revision) {
        String decoded = revision.matches("([^%]|%[0-9A-Fa-f]{2})*")
                ? URLDecoder.decode(revision.replace("+", "%2B"), StandardCharsets.UTF_8)
                : revision;
        if (!REVISIONS.matcher(decoded).matches()) {
            throw noRevision(text);
        }
        return decoded;
    }

    private static NumClipException noRevision(String text) {
        return wrong(text, "no name of a model or a revision");
    }

    private static ModelName of(String text, String owner, String name, @Nullable String revision) {
        String known = revision == null ? MAIN : revision;
        if ((owner + "/" + name + "/" + known).contains("..") || known.endsWith("/")) {
            throw noRevision(text);
        }
        return new ModelName(owner, name, known);
    }

    private static NumClipException wrong(String text, String why) {
        return new NumClipException(
                Kind.USAGE,
                "'" + PlainText.printable(text) + "': " + why,
                "write it as in: " + Invocation.NAME + " pull hf:timm/vit_base_patch32_clip_224.openai clip/");
    }

    ModelName at(String otherRevision) {
        return new ModelName(owner, name, otherRevision);
    }

    /** Owner and name. */
    String path() {
        return owner + "/" + name;
    }

    @Override
    public String toString() {
        return "hf:" + path() + (revision.equals(MAIN) ? "" : "@" + revision);
    }
}
