package io.numclip.evaluation;

/** How similar the prototypes of number concepts are to each other: the cosines of the angles between them. */
public final class PrototypeSimilarity {

    private PrototypeSimilarity() {}

    /**
     * @param prototypes (K, D) row by row, as in the text features; of any length except 0
     * @param concepts K
     * @return (K, K)
     */
    public static double[][] of(float[] prototypes, int concepts) {
        if (concepts < 1 || prototypes.length % concepts != 0) {
            throw new IllegalArgumentException("prototypes must be rows of equal length, one per concept; found "
                    + prototypes.length + " numbers for " + concepts + " concepts");
        }
        double[][] directions = directions(prototypes, concepts);
        double[][] similarity = new double[concepts][concepts];
        for (int i = 0; i < concepts; i++) {
            for (int j = 0; j < concepts; j++) {
                similarity[i][j] = cosine(directions[i], directions[j]);
            }
        }
        return similarity;
    }

    private static double[][] directions(float[] prototypes, int concepts) {
        int dimensions = prototypes.length / concepts;
        double[][] directions = new double[concepts][dimensions];
        for (int k = 0; k < concepts; k++) {
            double squares = 0;
            for (int d = 0; d < dimensions; d++) {
                double coordinate = prototypes[k * dimensions + d];
                directions[k][d] = coordinate;
                squares += coordinate * coordinate;
            }
            if (!(squares > 0 && Double.isFinite(squares))) {
                throw new IllegalArgumentException("prototype " + k + " must have a finite length above 0");
            }
            for (int d = 0; d < dimensions; d++) {
                directions[k][d] /= Math.sqrt(squares);
            }
        }
        return directions;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        for (int d = 0; d < a.length; d++) {
            product += a[d] * b[d];
        }
        return product;
    }
}
