package io.numclip.server.request;

import io.numclip.server.request.ImageRequest.SentImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** The files of a form, and the models that its fields {@code model} name. */
final class FormImages {

    private static final int MOST_FIELDS = 64;
    private static final int MOST_HEADER_BYTES = 4096;
    private static final int MOST_NAME_BYTES = 1_000;
    private static final String MODEL = "model";
    private static final String FIX = "send each image as a file of the form, as curl -F image=@a.jpg does";

    private FormImages() {}

    /**
     * @param models that the address asks for
     * @param most images that are taken
     */
    static ImageRequest read(String contentType, byte[] body, List<String> models, int most) {
        try (MultiPartFormData.Parts parts = parsed(contentType, body, most)) {
            List<SentImage> images = new ArrayList<>();
            List<String> asked = new ArrayList<>(models);
            for (MultiPart.Part part : parts) {
                if (part.getFileName() != null) {
                    images.add(new SentImage(name(part, images.size()), bytes(part)));
                } else if (MODEL.equals(part.getName())) {
                    asked.add(model(part));
                } else {
                    throw RefusedException.malformed(noFile(part.getName()), FIX);
                }
            }
            return new ImageRequest(images, asked);
        } catch (IOException | IllegalArgumentException e) { // the latter: a name that is not UTF-8
            throw broken();
        }
    }

    private static String noFile(@Nullable String field) {
        return field == null
                ? "a part of the form has no name, which its header Content-Disposition gives"
                : "the field " + RequestReader.shown(field) + " is no file";
    }

    private static String boundary(String contentType) {
        try {
            String boundary = MultiPart.extractBoundary(contentType);
            return boundary == null ? "" : boundary;
        } catch (IllegalArgumentException e) {
            throw RefusedException.malformed("the Content-Type is damaged", FIX);
        }
    }

    private static MultiPartFormData.Parts parsed(String contentType, byte[] body, int most) {
        String boundary = boundary(contentType);
        if (boundary.isEmpty()) {
            throw RefusedException.malformed("the Content-Type has no boundary", FIX);
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setUseFilesForPartsWithoutFileName(false);
        parser.setMaxMemoryFileSize(-1); // all of it in memory, no temporary file
        parser.setMaxParts(most + MOST_FIELDS);
        parser.setPartHeadersMaxLength(MOST_HEADER_BYTES);
        CompletableFuture<MultiPartFormData.Parts> parts = new CompletableFuture<>();
        try {
            parser.parse(Content.Source.from(ByteBuffer.wrap(body)), Promise.Invocable.toPromise(parts));
            return parts.join();
        } catch (CompletionException | IllegalArgumentException | IllegalStateException e) {
            throw isTooMany(e) ? RequestReader.tooMany(most) : broken();
        }
    }

    private static boolean isTooMany(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("too many");
    }

    private static RefusedException broken() {
        return RefusedException.malformed("the form is damaged or not complete", FIX);
    }

    private static String name(MultiPart.Part part, int index) {
        String name = String.valueOf(part.getFileName());
        return name.isEmpty() ? ImageRequest.nameOf(index) : RequestReader.shown(name);
    }

    private static String model(MultiPart.Part part) {
        if (part.getLength() > MOST_NAME_BYTES) {
            throw RefusedException.malformed(
                    "the field " + MODEL + " has more than " + MOST_NAME_BYTES + " bytes", "name a model in it");
        }
        return part.getContentAsString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        return BufferUtil.toArray(Content.Source.asByteBuffer(part.getContentSource()));
    }
}
