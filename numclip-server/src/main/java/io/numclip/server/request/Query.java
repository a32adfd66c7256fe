package io.numclip.server.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query of an address, which may name models and nothing else. */
public final class Query {

    private static final String MODEL = "model";
    private static final char NO_UTF_8 = '\uFFFD'; // in the place of bytes that are none
    private static final String FIX = "ask for a model with ?" + MODEL + "=NAME, or for all without a query";

    private Query() {}

    /**
     * The models that are asked for, as often as they are named.
     *
     * @param query what stands behind the question mark; null if nothing does
     * @throws RefusedException 400 if it has another name or cannot be decoded
     */
    public static List<String> models(@Nullable String query) {
        return query == null
                ? List.of()
                : Arrays.stream(query.split("&"))
                        .filter(part -> !part.isEmpty())
                        .map(Query::model)
                        .toList();
    }

    private static String model(String part) {
        String[] pair = part.split("=", 2);
        String name = decoded(pair[0]);
        if (!name.equals(MODEL)) {
            throw RefusedException.malformed(
                    "the query: unknown name " + RequestReader.shown(name) + "; known is " + MODEL, FIX);
        }
        return pair.length < 2 ? "" : decoded(pair[1]);
    }

    private static String decoded(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf(NO_UTF_8) < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw undecodable(text, "% stands before two hexadecimal digits");
        }
        throw undecodable(text, "it is not UTF-8");
    }

    private static RefusedException undecodable(String text, String why) {
        return RefusedException.malformed(
                "the query: " + RequestReader.shown(text) + " cannot be decoded, " + why, FIX);
    }
}
