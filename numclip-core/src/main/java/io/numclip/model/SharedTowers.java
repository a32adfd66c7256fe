package io.numclip.model;

import ai.djl.Device;
import io.numclip.clip.ImageTower;
import io.numclip.clip.Precision;
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

    private final Device device;
    private final Precision precision;
    private final Map<Key, ImageTower> towers = new HashMap<>();

    /** All on one device. With {@code auto}, models that were trained in int8 have a tower in int8. */
    public SharedTowers(Device device, Precision precision) {
        this.device = device;
        this.precision = precision;
    }

    @Override
    public synchronized ImageTower of(BaseModel base, @Nullable Path changes, int imageSize, Precision trained)
            throws IOException {
        Precision wanted = precision.orElse(trained);
        if (changes != null) {
            return ImageTower.load(base.directory(), changes, imageSize, device, wanted);
        }
        Key key = new Key(base.fingerprint(), imageSize, wanted);
        ImageTower known = towers.get(key);
        if (known == null) {
            known = ImageTower.load(base.directory(), null, imageSize, device, wanted);
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
