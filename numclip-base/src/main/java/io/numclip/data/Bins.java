package io.numclip.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The number concepts of a task in order: adjacent bins share an edge, and all words differ. */
public record Bins(List<Bin> list) implements Iterable<Bin> {

    public Bins {
        list = List.copyOf(list);
        if (list.size() < 2) {
            throw new IllegalArgumentException("at least 2 bins are needed; found " + list.size());
        }
        Set<String> concepts = new HashSet<>();
        for (Bin bin : list) {
            if (!concepts.add(bin.concept())) {
                throw new IllegalArgumentException(
                        "each bin needs a concept of its own; '" + bin.concept() + "' appears twice");
            }
        }
        for (int i = 1; i < list.size(); i++) {
            Bin before = list.get(i - 1);
            Bin bin = list.get(i);
            if (before.upper() != bin.lower()) {
                throw new IllegalArgumentException("bin '" + bin.concept() + "' must begin where '" + before.concept()
                        + "' ends; found " + bin.lower() + " and " + before.upper());
            }
        }
    }

    public int size() {
        return list.size();
    }

    public Bin get(int index) {
        return list.get(index);
    }

    @Override
    public Iterator<Bin> iterator() {
        return list.iterator();
    }

    /** Index of the bin that holds a number; numbers outside the scale belong to the nearest end. */
    public int indexOf(double value) {
        int index = 0;
        while (index < list.size() - 1 && value >= list.get(index + 1).lower()) {
            index++;
        }
        return index;
    }

    /** The same concepts, shifted up the scale by a distance. */
    public Bins moved(double distance) {
        return new Bins(list.stream()
                .map(bin ->
                        new Bin(bin.concept(), bin.lower() + distance, bin.upper() + distance, bin.anchor() + distance))
                .toList());
    }

    /** How many of the labels lie in each bin. */
    public List<Integer> counts(double[] labels) {
        int[] counts = new int[size()];
        for (double label : labels) {
            counts[indexOf(label)]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    public double[] anchors() {
        return list.stream().mapToDouble(Bin::anchor).toArray();
    }

    public List<String> concepts() {
        return list.stream().map(Bin::concept).toList();
    }
}
