package io.numclip.runner.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The place of a process among those that work on one comparison.
 *
 * @param number from 0 on
 * @param of how many there are
 */
record Share(int number, int of) {

    /** Indices of cells; each process begins at another one, so that two seldom read the same images at the same time. */
    List<Integer> order(int cells) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, cells).boxed().toList());
        Collections.rotate(order, -(int) ((long) cells * number / of));
        return order;
    }
}
