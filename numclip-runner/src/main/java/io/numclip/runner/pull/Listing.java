package io.numclip.runner.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.PlainText;
import io.numclip.storage.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a model at one commit.
 *
 * @param commit 40 hex digits
 */
record Listing(String commit, List<ListedFile> files) {

    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * A file that the hub has.
     *
     * @param name with the folders above it
     * @param blobId its SHA-1 as git counts it; of a large file, that of the pointer to it
     * @param sha256 of a large file
     */
    record ListedFile(
            String name,
            long bytes,
            String blobId,
            @Nullable String sha256) {

        boolean isInSubfolder() {
            return name.contains("/");
        }

        /** What differs in a file that is here, with these digests; empty if nothing does. */
        String difference(Path file, Digests found) throws IOException {
            if (found.bytes() != bytes) {
                return "expected %d bytes, found %s%d"
                        .formatted(bytes, found.bytes() > bytes ? "at least " : "", found.bytes());
            } else if (sha256 != null) {
                return sha256.equals(found.sha256())
                        ? ""
                        : "expected the SHA-256 " + sha256 + ", found " + found.sha256();
            }
            String blob = Digests.blobId(file);
            return blobId.equals(blob) ? "" : "expected the SHA-1 of git " + blobId + ", found " + blob;
        }
    }

    /** Whether a name stays within a folder, on every system. */
    static boolean isPlain(String name) {
        return name.length() <= 1000
                && !name.contains("\\")
                && !name.contains(":")
                && name.chars().noneMatch(Character::isISOControl)
                && Stream.of(name.split("/", -1)).noneMatch(part -> part.isEmpty() || part.matches("\\.\\.?"));
    }

    Optional<ListedFile> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** @param hub who says it */
    static Listing parse(String hub, byte[] json) {
        try {
            return of(hub, JsonFile.MAPPER.readTree(json));
        } catch (IOException e) {
            throw wrong(hub, "expected JSON, found something else; HF_ENDPOINT may name no hub, or a proxy answers");
        }
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
        if (!isPlain(name)) {
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
