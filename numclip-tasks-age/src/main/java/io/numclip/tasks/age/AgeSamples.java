package io.numclip.tasks.age;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleLabels;
import io.numclip.sample.SampleWorld;
import io.numclip.sample.Unseen;
import java.util.List;
import java.util.Map;

/**
 * Drawn portraits of people from 0 to 100 years. Proportions, skin, hair and wrinkles change with age; skin tone, hair
 * style, clothes, light and pose do not. People look up to a few years older or younger than they are, so no model can
 * be without error. One test image in four shows a hair style and a background that occur in no other image
 * ({@link Unseen}).
 */
public final class AgeSamples implements SampleWorld {

    /** The words of the paper, as in the recipe; anchors are midpoints. */
    static final Bins CONCEPTS = new Bins(List.of(
            new Bin("child", 0, 13, 6.5),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 50),
            new Bin("older adult", 65, 100, 82.5)));

    @Override
    public LabeledImage draw(Split split, int index, long seed) {
        SampleKey key = new SampleKey("age-3", split, index, seed);
        int age = SampleLabels.whole(key, CONCEPTS);
        boolean unseen = Unseen.isShownBy(key);
        Person any = Person.aged(age, key.random("person"));
        Person person = unseen ? any.unseen() : any;
        String concept = CONCEPTS.get(CONCEPTS.indexOf(age)).concept();
        String caption = AgeCaptions.caption(concept, person, key.random("caption"));
        Portrait portrait = new Portrait(person);
        return new LabeledImage(
                key.name(),
                new DrawnImage(key, () -> portrait.draw(key.random("paint"))),
                age,
                Map.of(LabeledImage.CAPTION, caption, Unseen.ATTRIBUTE, Unseen.word(unseen)));
    }
}
