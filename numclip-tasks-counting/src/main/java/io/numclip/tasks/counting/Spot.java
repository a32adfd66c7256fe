package io.numclip.tasks.counting;

/** A round place in a scene, in pixels. */
record Spot(double x, double y, double radius) {

    double distance(Spot other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /** Share of this circle that the other one covers: the lens between two circles. */
    double shareCoveredBy(Spot other) {
        double distance = distance(other);
        if (distance >= radius + other.radius) {
            return 0;
        }
        if (distance <= Math.abs(radius - other.radius)) {
            return Math.min(1, other.radius * other.radius / (radius * radius));
        }
        double lens = segment(radius, other.radius, distance) + segment(other.radius, radius, distance);
        return lens / (Math.PI * radius * radius);
    }

    /** Area between the arc of a circle and the chord that it shares with another circle. */
    private static double segment(double radius, double other, double distance) {
        double toChord = (distance * distance + radius * radius - other * other) / (2 * distance);
        double angle = Math.acos(toChord / radius);
        return radius * radius * (angle - Math.sin(angle) * Math.cos(angle));
    }
}
