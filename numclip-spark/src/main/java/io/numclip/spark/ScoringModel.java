package io.numclip.spark;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.NumClip;
import io.numclip.host.NumClips;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A trained model: numbers of images. */
record ScoringModel(NumClips model) implements ImageModel {

    static final String ERROR = "error";

    /**
     * The columns of a row; where there is an error the rest is null, and the interval is null too where the model is
     * not calibrated.
     */
    static final StructType SCHEMA = new StructType()
            .add("value", DataTypes.DoubleType)
            .add("lower", DataTypes.DoubleType)
            .add("upper", DataTypes.DoubleType)
            .add("concept", DataTypes.StringType)
            .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType, false))
            .add(ERROR, DataTypes.StringType);

    @Override
    public List<Row> rows(List<?> images) {
        return model.scoring().alone(images, List.of(0)).stream()
                .map(each -> row(each.get(0)))
                .toList();
    }

    private Row row(Prediction found) {
        String problem = found.problem();
        if (problem != null) {
            return failed(problem);
        }
        Uncertainty.Interval interval = found.interval().orElse(null);
        return RowFactory.create(
                found.value(),
                interval == null ? null : interval.lower(),
                interval == null ? null : interval.upper(),
                found.concept().concept(),
                found.probabilities(),
                null);
    }

    @Override
    public Row failed(String problem) {
        return RowFactory.create(null, null, null, null, null, problem);
    }

    @Override
    public void close() {
        model.close();
    }

    /**
     * A trained model.
     *
     * @param run a folder that {@code numclip train} or {@code numclip export} has written, at the same path on every machine, or
     *     shipped with {@code --archives}
     * @param digest SHA-256 that it must have everywhere, as {@link NumClip#digest}
     * @param plugins folder of the plugins, trusted by their hashes in {@code plugins.lock}; empty: {@code numclip.plugins},
     *     else {@code plugins} in the working directory
     * @param backbone the CLIP that it was trained on, as {@link NumClip.Options#withBackbone}; empty: where it was at training
     */
    record Choice(String run, String digest, String plugins, String backbone, String device, Precision precision)
            implements ImageModel.Choice {

        @Override
        public ImageModel open() {
            NumClip.Options options =
                    NumClip.Options.defaults().withDevice(device).withPrecision(precision);
            Path folder = ModelFolder.run(run);
            NumClips model = NumClips.open(
                    List.of(folder),
                    catalog(),
                    backbone.isEmpty() ? options : options.withBackbone(ModelFolder.find(backbone)));
            String found = model.models().get(0).digest();
            if (!found.equals(digest)) {
                model.close();
                throw new NumClipException(
                        Kind.DATA,
                        folder.toAbsolutePath() + ": another model than expected\nexpected digest " + digest
                                + "\nfound digest    " + found,
                        "give every machine the same folder; one that was trained again must be copied again");
            }
            return new ScoringModel(model);
        }

        private PluginCatalog catalog() {
            PluginFolders folders = plugins.isEmpty()
                    ? PluginFolders.fromSystemProperties()
                    : new PluginFolders(ModelFolder.find(plugins));
            return PluginHost.of(
                            new PluginFolders(ModelFolder.find(folders.plugins().toString())))
                    .load();
        }
    }
}
