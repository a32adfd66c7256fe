package io.numclip.tasks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneTest {

    private static final double STEP = 0.05;

    @Test
    void sceneHasTheThingsAskedFor() {
        for (int count = 0; count <= 20; count++) {
            assertThat(scene(count, 1).things()).hasSize(count);
        }
    }

    @Test
    void thingsLieInsideThePicture() {
        for (int index = 0; index < 100; index++) {
            assertThat(scene(12, index).things()).allMatch(thing -> isInside(thing.spot()));
        }
    }

    @Test
    void everyThingStaysVisible() {
        for (int index = 0; index < 40; index++) {
            List<Thing> things = scene(20, index).things();
            for (int i = 0; i < things.size(); i++) {
                Spot spot = things.get(i).spot();
                List<Thing> above = things.subList(i + 1, things.size());
                assertThat(visibleShare(spot, above)).isGreaterThan(Layout.LEAST_VISIBLE - 0.03);
            }
        }
    }

    @Test
    void thingsStandOutFromTheBackdrop() {
        for (int index = 0; index < 100; index++) {
            Scene scene = scene(5, index);
            assertThat(scene.things())
                    .allMatch(
                            thing -> thing.hue().standsOutFrom(scene.backdrop().color()));
        }
    }

    @Test
    void unseenScenesShareNothingWithOthers() {
        for (int index = 0; index < 100; index++) {
            Scene seen = scene(5, index);
            Scene unseen = Scene.unseen(5, random(index));
            assertThat(seen.things()).allMatch(thing -> !Kind.UNSEEN.contains(thing.kind()));
            assertThat(unseen.things()).allMatch(thing -> Kind.UNSEEN.contains(thing.kind()));
            assertThat(unseen.things())
                    .allMatch(
                            thing -> thing.hue().standsOutFrom(unseen.backdrop().color()));
            assertThat(unseen.backdrop()).isNotEqualTo(seen.backdrop());
        }
    }

    @Test
    void everyKindAndBackdropIsEitherSeenOrUnseen() {
        assertThat(Kind.values()).containsExactlyInAnyOrderElementsOf(together(Kind.SEEN, Kind.UNSEEN));
        assertThat(Backdrop.values()).containsExactlyInAnyOrderElementsOf(together(Backdrop.SEEN, Backdrop.UNSEEN));
    }

    private static <T> List<T> together(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Counts points of a fine grid instead of using the formula that the layout uses. */
    private static double visibleShare(Spot spot, List<Thing> above) {
        int points = 0;
        int visible = 0;
        for (double x = -1; x <= 1; x += STEP) {
            for (double y = -1; y <= 1; y += STEP) {
                if (Math.hypot(x, y) <= 1) {
                    Spot point = new Spot(spot.x() + x * spot.radius(), spot.y() + y * spot.radius(), 0);
                    points++;
                    visible += above.stream().anyMatch(thing -> covers(thing.spot(), point)) ? 0 : 1;
                }
            }
        }
        return visible / (double) points;
    }

    private static boolean covers(Spot spot, Spot point) {
        return spot.distance(point) < spot.radius();
    }

    private static boolean isInside(Spot spot) {
        double edge = DrawnImage.SIZE - spot.radius();
        return spot.x() >= spot.radius() && spot.x() <= edge && spot.y() >= spot.radius() && spot.y() <= edge;
    }

    private static Scene scene(int count, int index) {
        return Scene.with(count, random(index));
    }

    private static SampleRandom random(int index) {
        return new SampleKey("counting-test", Split.TRAIN, index, 1).random("scene");
    }
}
