package io.numclip.host.assembly;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.features.FeatureCache;
import io.numclip.model.BaseModel;
import io.numclip.storage.CacheFolder;
import io.numclip.yardstick.PooledPixels;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What the runs of one process share of their CLIP models: identities and image features. */
public final class SharedModels {

    private record Tower(BaseModel base, Precision precision, String preprocessing) {}

    private final Map<String, BaseModel> bases = new HashMap<>();
    private final Map<Tower, FeatureCache> features = new HashMap<>();
    private final Map<String, FeatureCache> pixels = new HashMap<>(); // by preprocessing

    /** @param model as {@code backbone.model} names it */
    public synchronized BaseModel base(String model) throws IOException {
        BaseModel known = bases.get(model);
        if (known == null) {
            known = BaseModel.of(ModelSource.parse(model));
            bases.put(model, known);
        }
        return known;
    }

    /** The configuration of a model. The weights of a directory are not looked at, and one on the class path is unpacked once. */
    public ClipConfig clip(String model) throws IOException {
        ModelSource source = ModelSource.parse(model);
        return ClipDirectory.config(
                source instanceof ModelSource.Directory named
                        ? named.path()
                        : base(model).directory());
    }

    synchronized FeatureCache features(BaseModel base, Precision precision, ClipPreprocessor preprocessor) {
        return features.computeIfAbsent(
                new Tower(base, precision, preprocessor.fingerprint()),
                tower -> FeatureCache.of(base, precision, preprocessor));
    }

    /** Features of images without a network. */
    synchronized FeatureCache pixels(ClipPreprocessor preprocessor) {
        return pixels.computeIfAbsent(
                preprocessor.fingerprint(),
                any -> new FeatureCache(CacheFolder.usual(), PooledPixels.FINGERPRINT, preprocessor));
    }
}
