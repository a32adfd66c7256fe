package io.numclip.runner.inputs;

import java.math.BigInteger;
import java.util.Comparator;

/** Names as people order them: {@code img2} before {@code img10}. Names that differ are never equal. */
public final class NaturalOrder implements Comparator<String> {

    public static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            int leftEnd = endOfDigits(left, l);
            int rightEnd = endOfDigits(right, r);
            boolean numbers = leftEnd > l && rightEnd > r;
            int order = numbers
                    ? compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd))
                    : Character.compare(left.charAt(l), right.charAt(r));
            if (order != 0) {
                return order;
            }
            l = numbers ? leftEnd : l + 1;
            r = numbers ? rightEnd : r + 1;
        }
        int order = Integer.compare(left.length() - l, right.length() - r);
        return order == 0 ? left.compareTo(right) : order;
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String left, String right) {
        return left.length() == right.length()
                ? left.compareTo(right)
                : new BigInteger(left).compareTo(new BigInteger(right));
    }
}
