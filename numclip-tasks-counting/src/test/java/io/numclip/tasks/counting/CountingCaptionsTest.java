package io.numclip.tasks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountingCaptionsTest {

    @Test
    void thingsOfOneColourAreNamedWithIt() {
        Scene scene = scene(thing(Kind.APPLE, Hue.RED), thing(Kind.APPLE, Hue.RED));
        assertThat(captions(scene)).anyMatch(caption -> caption.contains("red apples"));
    }

    @Test
    void thingsOfManyColoursAreNamedWithoutColour() {
        Scene scene = scene(thing(Kind.LEAF, Hue.RED), thing(Kind.LEAF, Hue.BROWN));
        assertThat(captions(scene))
                .anyMatch(caption -> caption.contains("leaves"))
                .noneMatch(caption -> caption.contains("red") || caption.contains("brown"));
    }

    @Test
    void everyKindIsNamed() {
        Scene scene = scene(thing(Kind.STAR, Hue.ORANGE), thing(Kind.FISH, Hue.BLUE), thing(Kind.FISH, Hue.BLUE));
        assertThat(captions(scene)).anyMatch(caption -> caption.contains("an orange star and blue fish"));
    }

    @Test
    void emptySceneNamesNoThing() {
        assertThat(captions(scene())).noneMatch(caption -> caption.contains("{") || caption.contains(":  "));
    }

    private static List<String> captions(Scene scene) {
        return IntStream.range(0, 200)
                .mapToObj(index -> new SampleKey("counting-test", Split.TRAIN, index, 1).random("caption"))
                .map(random -> CountingCaptions.caption("a few things", scene, random))
                .toList();
    }

    private static Scene scene(Thing... things) {
        return new Scene(Backdrop.TABLE, List.of(things), 0);
    }

    private static Thing thing(Kind kind, Hue hue) {
        return new Thing(kind, hue, Color.RED, new Spot(48, 48, 6), 0);
    }
}
