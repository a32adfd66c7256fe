package io.numclip.bench;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import java.util.List;
import java.util.stream.IntStream;

/** Number concepts for ages of 0 to 101 years. */
final class Ages {

    private Ages() {}

    /** The five of the paper. */
    static Bins concepts() {
        return new Bins(List.of(
                new Bin("child", 0, 13, 6.5),
                new Bin("teenager", 13, 19, 16),
                new Bin("young adult", 19, 35, 27),
                new Bin("middle adult", 35, 65, 50),
                new Bin("older adult", 65, 101, 83)));
    }

    /** One for each year, as in other methods. */
    static Bins ranks(int count) {
        return new Bins(IntStream.range(0, count)
                .mapToObj(year -> new Bin(Integer.toString(year), year, year + 1, year))
                .toList());
    }
}
