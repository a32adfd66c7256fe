package io.numclip.spring;

import io.numclip.host.NumClip;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the folders of all models are as they were opened. Spring Boot 4 has moved the interface to another package. */
final class ModelHealth {

    private ModelHealth() {}

    /** What differs in the folders that are damaged, by the names of the models. */
    private static Map<String, List<String>> damage(Map<String, NumClip> models) {
        Map<String, List<String>> damage = new TreeMap<>();
        models.forEach((name, model) -> damage.put(name, model.changes()));
        damage.values().removeIf(List::isEmpty);
        return damage;
    }

    record OfBoot3(Map<String, NumClip> models) implements org.springframework.boot.actuate.health.HealthIndicator {
        @Override
        public org.springframework.boot.actuate.health.Health health() {
            Map<String, List<String>> damage = damage(models);
            return damage.isEmpty()
                    ? org.springframework.boot.actuate.health.Health.up()
                            .withDetail("models", models.keySet())
                            .build()
                    : org.springframework.boot.actuate.health.Health.down()
                            .withDetails(damage)
                            .build();
        }
    }

    record OfBoot4(Map<String, NumClip> models) implements org.springframework.boot.health.contributor.HealthIndicator {
        @Override
        public org.springframework.boot.health.contributor.Health health() {
            Map<String, List<String>> damage = damage(models);
            return damage.isEmpty()
                    ? org.springframework.boot.health.contributor.Health.up()
                            .withDetail("models", models.keySet())
                            .build()
                    : org.springframework.boot.health.contributor.Health.down()
                            .withDetails(damage)
                            .build();
        }
    }
}
