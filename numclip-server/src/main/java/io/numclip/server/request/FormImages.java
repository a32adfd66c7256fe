package io.numclip.server.request;

import io.numclip.data.Region;
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

/** The files of a form, the regions that fields {@code region} behind them name, and the models of its fields {@code model}. */
final class FormImages {

    private static final int MOST_FIELDS = 64;
    private static final int MOST_HEADER_BYTES = 4096;
    private static final int MOST_NAME_BYTES = 1_000;
    private static final String MODEL = "model";
    private static final String REGION = "region";
    private static final String FIX = "send each image as a file of the form, as curl -F image=@a.jpg does";

    private static final String FIX_REGION = "send region=412,96,120,150 behind the file: left, top, width and height";

    private final List<SentImage> images = new ArrayList<>();
    private final SentRegions regions = new SentRegions(REGION + " ");
    private int count; // of the regions
    private boolean isWhole; // so far: the last file

    private FormImages() {}

    /**
     * @param models that the address asks for
     * @param most images that are taken
     */
    static ImageRequest read(String contentType, byte[] body, List<String> models, int most) {
        try (MultiPartFormData.Parts parts = parsed(contentType, body, most)) {
            FormImages form = new FormImages();
            List<String> asked = new ArrayList<>(models);
            for (MultiPart.Part part : parts) {
                if (part.getFileName() != null) {
                    form.images.add(new SentImage(name(part, form.images.size()), bytes(part)));
                    form.isWhole = true;
                } else if (MODEL.equals(part.getName())) {
                    asked.add(text(part, "name a model in it"));
                } else if (REGION.equals(part.getName())) {
                    form.addRegion(text(part, FIX_REGION));
                } else {
                    throw RefusedException.malformed(noFile(part.getName()), FIX);
                }
            }
            form.regions.throwIfAnyIsWrong();
            return new ImageRequest(form.images, asked);
        } catch (IOException | IllegalArgumentException e) { // the latter: a name that is not UTF-8
            throw broken();
        }
    }

    /** The first region of a file takes the place of the whole picture. */
    private void addRegion(String text) {
        String[] numbers = text.split(",", -1);
        if (images.isEmpty() || numbers.length != Region.NAMES.size()) {
            String what = images.isEmpty()
                    ? "stands before any file"
                    : "expected four numbers, found " + RequestReader.shown(text);
            throw RefusedException.malformed("the field " + REGION + ": " + what, FIX_REGION);
        }
        SentImage last = images.get(images.size() - 1);
        if (isWhole) {
            images.remove(images.size() - 1);
        }
        images.add(new SentImage(last.name(), last.content(), regions.read(++count, numbers)));
        isWhole = false;
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

    private static String text(MultiPart.Part part, String fix) {
        if (part.getLength() > MOST_NAME_BYTES) {
            throw RefusedException.malformed(
                    "the field " + part.getName() + " has more than " + MOST_NAME_BYTES + " bytes", fix);
        }
        return part.getContentAsString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        return BufferUtil.toArray(Content.Source.asByteBuffer(part.getContentSource()));
    }
}
