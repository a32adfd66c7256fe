package org.example.numbers;

import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prints the number of each image: {@code Numbers RUN IMAGE…}. */
public final class Numbers {

    public static void main(String[] arguments) {
        List<Path> images = Stream.of(arguments).skip(1).map(Path::of).toList();
        try (NumClip model = NumClip.open(Path.of(arguments[0]))) {
            List<Prediction> predictions = model.predict(images);
            for (int i = 0; i < images.size(); i++) {
                System.out.println(images.get(i) + "," + text(predictions.get(i)));
            }
        }
    }

    private static String text(Prediction prediction) {
        if (prediction.isFailed()) {
            return "failed: " + prediction.problem();
        }
        String interval = prediction.interval().map(i -> "," + i.lower() + "," + i.upper()).orElse("");
        return prediction.value() + interval + "," + prediction.likeliest(1).get(0).concept();
    }
}
