package io.numclip.tasks.age;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MORPH II (Ricanek and Tesafaye, FG 2006) with the lists that papers publish for it. A setting is a folder of lists,
 * below {@code task.data.file} or below the root:
 *
 * <ul>
 *   <li>{@code A}: 5 492 images, five folds, each a list of training and a list of test images;
 *   <li>{@code B}: three lists S1, S2, S3; fold S1 trains on S1 and tests on S2 and S3, fold S2 trains on S2 and tests
 *       on S1 and S3;
 *   <li>{@code RS}: five lists that split all images at random; each list is the test of a fold;
 *   <li>{@code SE}: the same, but the lists share no person;
 *   <li>{@code proto}: one pair of lists, {@code ET_proto_train.txt} and {@code ET_proto_val.txt} (the test).
 * </ul>
 *
 * <p>The folders of RS and SE are named {@code settingC} and {@code settingD}, and the sources disagree which is which:
 * the order-learning lists have C = SE and D = RS, the L2RCLIP lists C = RS and D = SE. So the lists themselves are
 * checked, and refused if lists read as RS do not share persons, or lists read as SE do.
 */
public final class MorphLayout implements DataLayout {

    private static final List<String> SETTINGS = List.of("A", "B", "RS", "SE", "proto");

    @Override
    public String name() {
        return "morph";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        String setting = data.settingOf(SETTINGS);
        Path root = ImageFiles.root(data);
        Path lists = data.file().isBlank() ? root : Path.of(data.file());
        Path images = ImageFiles.first(root, List.of("image", "images", "Album2"));
        ImageListing listing = new ImageListing(data, scale, lists + " (setting " + setting + ")", images);
        MorphLists reader = new MorphLists(lists, listing);
        switch (setting) {
            case "A" -> {
                reader.readPairs(List.of("A", "settingA", "MORPH_SettingA", "index/MORPH_SettingA"));
                listing.expect("images", 5492, listing.size());
            }
            case "B" -> {
                reader.readThree(List.of("B", "settingB", "MORPH_SettingB"));
                listing.expect("images", 21_000, listing.size());
            }
            case "proto" -> reader.readPair();
            default -> {
                boolean exclusive = setting.equals("SE");
                requirePeople(reader.readFolds(exclusive), exclusive, lists);
                listing.expect("images", 55_134, listing.size());
            }
        }
        return listing;
    }

    /** @param crossing share of the images whose person is also in another list */
    private static void requirePeople(double crossing, boolean exclusive, Path lists) {
        if (exclusive == (crossing < MorphLists.FEW_CROSSING)) {
            return;
        }
        throw new NumClipException(
                Kind.DATA,
                String.format(
                        "%s: read as setting %s, but %.1f %% of the images show a person of another list; %s expected",
                        lists, exclusive ? "SE" : "RS", 100 * crossing, exclusive ? "nearly none" : "many"),
                "the folders settingC and settingD are SE and RS in the order-learning lists, RS and SE in the L2RCLIP"
                        + " lists: rename the folder of these lists to " + (exclusive ? "RS" : "SE"));
    }
}
