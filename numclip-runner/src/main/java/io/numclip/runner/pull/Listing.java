package io.numclip.runner.pull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.run.PlainText;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of a model at one commit.
 *
 * @param commit 40 hex digits
 */
record Listing(String commit, List<ListedFile> files) {

    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    Optional<ListedFile> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** @param hub who says it */
    static Listing parse(String hub, byte[] json) {
        try {
            return of(hub, mapper().readTree(json));
        } catch (IOException e) {
            throw wrong(hub, "expected JSON, found something else; HF_ENDPOINT may name no hub, or a proxy answers");
        }
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limit.JSON_DEPTH.intValue())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build());
    }

    private static Listing of(String hub, JsonNode root) {
        String commit = root.path("sha").asText();
        if (!SHA1.matcher(commit).matches() || !root.path("siblings").isArray()) {
            throw wrong(hub, "expected \"sha\", a commit, and \"siblings\", its files");
        }
        List<ListedFile> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode sibling : root.path("siblings")) {
            ListedFile file = file(hub, sibling);
            if (!names.add(file.name().toLowerCase(Locale.ROOT)) && !file.isInSubfolder()) {
                throw wrong(hub, shown(file.name()) + " is listed twice, or with other capitals");
            }
            files.add(file);
        }
        return new Listing(commit, files);
    }

    private static ListedFile file(String hub, JsonNode sibling) {
        String name = sibling.path("rfilename").asText();
        if (!ListedFile.isPlain(name)) {
            throw wrong(hub, "the name " + shown(name) + " leads out of the folder, or is none");
        }
        JsonNode large = sibling.path("lfs");
        JsonNode bytes = large.has("size") ? large.path("size") : sibling.path("size");
        String blobId = sibling.path("blobId").asText();
        String sha256 = large.isObject() ? large.path("sha256").asText() : null;
        boolean known = bytes.isIntegralNumber()
                && bytes.asLong() >= 0
                && (sha256 == null
                        ? SHA1.matcher(blobId).matches()
                        : SHA256.matcher(sha256).matches());
        if (!known) {
            throw wrong(hub, shown(name) + " has no size, or nothing to check it with");
        }
        return new ListedFile(name, bytes.asLong(), blobId, sha256);
    }

    private static String shown(String name) {
        String printable = PlainText.printable(name);
        return "'" + (printable.length() > 100 ? printable.substring(0, 100) + "…" : printable) + "'";
    }

    private static NumClipException wrong(String hub, String reason) {
        return new NumClipException(
                Kind.DATA,
                hub + ": its list of files cannot be used: " + reason,
                "nothing was downloaded; report this to the hub");
    }
}
