package io.numclip.server.request;

import io.numclip.host.message.PlainText;
import io.numclip.server.request.ImageRequest.SentImage;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request: one image as it is, several in a form, or JSON with images in Base64. Bodies may be hostile;
 * everything happens in memory.
 */
public final class RequestReader {

    private static final String FORM = "multipart/form-data";
    private static final String JSON = "application/json";
    private static final String ANY = "application/octet-stream";
    private static final List<String> RAW =
            List.of("image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp", "image/tiff", ANY);
    private static final Pattern PARAMETER = Pattern.compile(
            "\\G\\s*+;\\s*+(?:(?<name>[\\w!#$%&'*+.^`|~-]++)=(?:\"(?<text>[^\"\\\\]*+)\"|(?<token>[^\\s;\"]*+)))?+\\s*+");
    private static final String TYPES = "send " + String.join(", ", RAW) + ", " + FORM + " or " + JSON;

    /** The body of {@code POST /v1/predict} in JSON. */
    private record JsonBody(
            @Nullable List<@Nullable JsonImage> images,
            @Nullable List<@Nullable String> models) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record JsonImage(
            @Nullable String name,
            byte @Nullable [] data,
            @Nullable Double left,
            @Nullable Double top,
            @Nullable Double width,
            @Nullable Double height) {

        @Nullable
        Double[] region() {
            return new @Nullable Double[] {left, top, width, height};
        }
    }

    private final int images;
    private final StrictJson json;

    /**
     * @param images how many are taken at most
     * @param depth how many levels of JSON are taken at most
     */
    public RequestReader(int images, int depth) {
        this.images = images;
        this.json = new StrictJson(depth, images);
    }

    /**
     * @param contentType of the body, as the client gives it; null if it gives none
     * @param models that the address asks for
     * @throws RefusedException 400, 413 or 415
     */
    public ImageRequest read(@Nullable String contentType, RequestBody body, List<String> models) {
        String type = mediaType(contentType);
        if (body.size() == 0) {
            throw RefusedException.malformed("the body is empty", "send the bytes of an image");
        }
        if (RAW.contains(type)) {
            return new ImageRequest(List.of(new SentImage(ImageRequest.nameOf(0), body.bytes())), models);
        }
        if (type.equals(FORM)) {
            return checked(FormImages.read(String.valueOf(contentType), body.bytes(), models, images));
        }
        if (type.equals(JSON)) {
            return ofJson(json.read(ByteBuffer.wrap(body.bytes()), JsonBody.class), models);
        }
        throw unsupported(
                type.isEmpty()
                        ? "the request has no Content-Type"
                        : "the Content-Type " + PlainText.printable(type) + " is not supported",
                TYPES);
    }

    /**
     * The body of a request of the Open Inference Protocol. Its clients send the type of JSON, another, or none.
     *
     * @param jsonLength how many bytes of it are JSON, as the client gives it; null: all
     * @throws RefusedException 400, 413 or 415
     */
    public InferRequest readInfer(@Nullable String contentType, @Nullable String jsonLength, RequestBody body) {
        if (!List.of(JSON, ANY, "").contains(mediaType(contentType))) {
            throw unsupported("the Content-Type is not " + JSON, "send " + JSON);
        }
        ByteBuffer all = ByteBuffer.wrap(body.bytes());
        int length = jsonLength == null ? all.limit() : length(jsonLength, all.limit());
        InferRequest.Json read = json.read(all.slice(0, length), InferRequest.Json.class);
        return InferRequest.of(read, all.position(length), images);
    }

    private static int length(String given, int most) {
        if (!given.matches("\\d{1,9}") || Integer.parseInt(given) > most) {
            throw RefusedException.malformed(
                    "Inference-Header-Content-Length: expected a number of bytes, at most the " + most + " of the body",
                    "send how many of them are JSON");
        }
        return Integer.parseInt(given);
    }

    private ImageRequest ofJson(JsonBody body, List<String> models) {
        List<@Nullable JsonImage> given = Optional.ofNullable(body.images()).orElse(List.of());
        SentRegions regions = new SentRegions("/images/");
        List<SentImage> read = IntStream.range(0, given.size())
                .mapToObj(i -> ofJson(given.get(i), i, regions))
                .toList();
        regions.throwIfAnyIsWrong();
        List<String> asked = new ArrayList<>(models);
        for (String name : Optional.ofNullable(body.models()).orElse(List.of())) {
            if (name == null) {
                throw RefusedException.malformed("/models: a name is null", "name models as /v1/models does");
            }
            asked.add(name);
        }
        return checked(new ImageRequest(read, asked));
    }

    private static SentImage ofJson(@Nullable JsonImage image, int index, SentRegions regions) {
        if (image == null || image.data() == null) {
            throw RefusedException.malformed(
                    "/images/" + index + "/data: expected the bytes of an image in Base64, found nothing",
                    "send {\"images\": [{\"name\": \"a.jpg\", \"data\": \"<Base64>\"}]}");
        }
        String name = image.name();
        return new SentImage(
                name == null ? ImageRequest.nameOf(index) : shown(name),
                image.data(),
                regions.read(index, image.region()));
    }

    private ImageRequest checked(ImageRequest request) {
        if (request.images().isEmpty()) {
            throw RefusedException.malformed("there is no image in the request", "send at least one");
        }
        checkCount(request.images().size());
        return request;
    }

    private void checkCount(int count) {
        if (count > images) {
            throw tooMany(images);
        }
    }

    static RefusedException tooMany(int most) {
        return new RefusedException(
                413,
                "too_many_images",
                "more than " + most + " images in one request, the limit http.images",
                "send them in several requests");
    }

    private static final int MOST_NAME = 200;

    /** A name from outside, cut and without what could control a terminal. */
    static String shown(String name) {
        return PlainText.printable(name.length() > MOST_NAME ? name.substring(0, MOST_NAME) : name);
    }

    /**
     * Checks what comes behind the type, which is the same for all bodies.
     *
     * @param contentTypes all that the client gives
     * @throws RefusedException 400 or 415
     */
    public static void checkParameters(List<String> contentTypes) {
        String type = String.join(",", contentTypes);
        int end = type.indexOf(';') < 0 ? type.length() : type.indexOf(';');
        Matcher parameter = PARAMETER.matcher(type).region(end, type.length());
        while (parameter.find()) {
            end = parameter.end();
            if ("charset".equalsIgnoreCase(parameter.group("name"))) {
                checkCharset(Objects.requireNonNullElse(parameter.group("token"), parameter.group("text")));
            }
        }
        if (end < type.length() || contentTypes.size() > 1) {
            throw RefusedException.malformed("the Content-Type is damaged: " + shown(type), TYPES);
        }
    }

    private static void checkCharset(String name) {
        if (!isKnown(name)) {
            throw unsupported("the charset " + shown(name) + " in the Content-Type is not known", "send UTF-8");
        }
    }

    private static boolean isKnown(String charset) {
        try {
            return charset.isEmpty() || Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static RefusedException unsupported(String message, String fix) {
        return new RefusedException(415, "unsupported_type", message, fix);
    }

    /** The type in small letters, without parameters. */
    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
