package io.numclip.tasks.aesthetics;

import io.numclip.dataset.BadRowException;

/** The mean of votes for 1, 2, 3, … points. */
final class MeanVote {

    private MeanVote() {}

    /** @param votes how many, or which share, voted 1, 2, 3, … */
    static double of(double[] votes) throws BadRowException {
        double count = 0;
        double sum = 0;
        for (int i = 0; i < votes.length; i++) {
            if (votes[i] < 0) {
                throw new BadRowException("a number of votes is " + votes[i]);
            }
            count += votes[i];
            sum += votes[i] * (i + 1);
        }
        if (count == 0) {
            throw new BadRowException("no votes");
        }
        return sum / count;
    }
}
