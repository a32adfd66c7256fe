package io.numclip.protocol;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.image.ImageFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Images of which only the name, the label and the content matter. */
final class TestingImages {

    /** The attribute of the subject in these tests. */
    static final String SUBJECT = "person";

    private TestingImages() {}

    static LabeledImage image(String name, double label) {
        return image(name, label, name, "");
    }

    static LabeledImage image(String name, double label, String content, String subject) {
        Map<String, String> attributes = subject.isEmpty() ? Map.of() : Map.of(SUBJECT, subject);
        return new LabeledImage(name, new Content(content), label, attributes);
    }

    /** {@code count} images of a label, named {@code <label>-0}, {@code <label>-1}, … */
    static List<LabeledImage> images(int label, int count) {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(image(label + "-" + i, label));
        }
        return images;
    }

    static LabeledImage file(Path folder, String name, double label, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return new LabeledImage(name, new ImageFile(file), label, Map.of());
    }

    private record Content(String fingerprint) implements ImageSource {
        @Override
        public BufferedImage read() {
            throw new IllegalStateException("a protocol looks at no pixels");
        }
    }
}
