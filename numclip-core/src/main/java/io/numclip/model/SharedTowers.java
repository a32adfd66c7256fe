package io.numclip.model;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.tower.ImageTower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Image towers of several models: those that leave the tower of their CLIP as it is use one copy of its weights. Closing
 * frees the copies; the models are closed before.
 */
public final class SharedTowers implements ModelDirectory.Towers, AutoCloseable {

    private record Key(String fingerprint, int imageSize, Precision precision) {}

    private final ModelDirectory.Towers own;
    private final Precision precision;
    private final Map<Key, ImageTower> towers = new HashMap<>();

    /** All on one device. With {@code auto}, models that were trained in int8 have a tower in int8. */
    public SharedTowers(Device device, Precision precision) {
        this.own = ModelDirectory.Towers.own(device, precision);
        this.precision = precision;
    }

    @Override
    public synchronized ImageTower of(BaseModel base, @Nullable Path changes, int imageSize, Precision trained)
            throws IOException {
        if (changes != null) {
            return own.of(base, changes, imageSize, trained);
        }
        Key key = new Key(base.fingerprint(), imageSize, precision.orElse(trained));
        ImageTower known = towers.get(key);
        if (known == null) {
            known = own.of(base, null, imageSize, trained);
            towers.put(key, known);
        }
        return known.share();
    }

    @Override
    public synchronized void close() {
        towers.values().forEach(ImageTower::close);
        towers.clear();
    }
}
