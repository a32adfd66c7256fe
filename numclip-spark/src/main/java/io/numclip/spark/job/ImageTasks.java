package io.numclip.spark.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How files with an image each are divided into tasks. The first tasks are large, and the last ever smaller, so that no slot waits
 * long for the last task of another: guided self-scheduling (Polychronopoulos and Kuck, 1987).
 */
final class ImageTasks {

    private static final int MOST = 256;
    private static final int MOST_OF_FEW_IMAGES = 128;
    private static final int FEWEST = 16;
    private static final int ROUNDS = 16;
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    private ImageTasks() {}

    /** Large and small files are dealt out, so that no task has only large ones. */
    static List<List<InputFile>> of(List<InputFile> files, int slots) {
        List<InputFile> dealt = dealt(files);
        List<List<InputFile>> tasks = new ArrayList<>();
        int from = 0;
        for (int size : sizes(files.size(), slots)) {
            tasks.add(List.copyOf(dealt.subList(from, from + size)));
            from += size;
        }
        return tasks;
    }

    /**
     * The files in the order of the fractional parts of multiples of the golden ratio, of which any stretch is spread
     * evenly.
     */
    private static List<InputFile> dealt(List<InputFile> files) {
        List<InputFile> bySize = new ArrayList<>(files);
        bySize.sort(Comparator.comparingLong(InputFile::length));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> i * GOLDEN_RATIO % 1));
        return order.stream().map(bySize::get).toList();
    }

    /** How many images each task has, the first one first. */
    static List<Integer> sizes(int images, int slots) {
        int most = Math.min(MOST, Math.max(MOST_OF_FEW_IMAGES, images / (slots * ROUNDS)));
        List<Integer> sizes = new ArrayList<>();
        for (int left = images; left > 0; left -= sizes.get(sizes.size() - 1)) {
            int share = (left + 2 * slots - 1) / (2 * slots);
            sizes.add(Math.min(left, Math.min(most, Math.max(FEWEST, share))));
        }
        return sizes;
    }
}
